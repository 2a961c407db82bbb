import Records
import Specs
import Tensors

/// Random inputs that are drawn when they are fetched.
struct SyntheticDataSet: DataSet {
    let source: SyntheticInputs

    var count: Int { source.count }
    var kind: SampleKind { .tensors(source.inputs.map(\.name)) }
    var classNames: [String] { [] }

    func name(of index: Int) -> String { "synthetic sample \(index)" }

    func item(at index: Int) throws(AssetError) -> DataItem {
        try check(index)
        // Neighbouring seeds give unrelated numbers, since SplitMix64 mixes every state.
        var generator = SplitMix64(
            seed: UInt64(bitPattern: Int64(source.seed)) &* 0x9E37_79B9_7F4A_7C15 ^ UInt64(index))
        var tensors: [NamedTensor] = []
        for input in source.inputs {
            let (kind, span) = (input.value, input.value.high - input.value.low)
            // Integers reach both ends alike: their span is one wider and the fraction is cut off.
            let isReal = kind.type.isFloatingPoint
            let values = (0..<kind.shape.elementCount).map { _ in
                let unit = generator.unit()
                return isReal ? kind.low + unit * span : (kind.low + unit * (span + 1)).rounded(.down)
            }
            let reals = try tensor(name(of: index)) { () throws(TensorError) in try Tensor(values, shape: kind.shape) }
            tensors.append(
                NamedTensor(
                    name: input.name,
                    tensor: try TensorConversion.convert(reals, to: kind.type, subject: name(of: index))))
        }
        return DataItem(name: name(of: index), sample: .tensors(tensors), label: nil)
    }

    func contentHash() throws(AssetError) -> Digest {
        var digest = DataDigest()
        digest.add("synthetic \(source.seed) \(source.count)")
        for input in source.inputs {
            let kind = input.value
            digest.add("\(input.name) \(kind.type.name) \(kind.shape) \(kind.low) \(kind.high)")
        }
        return digest.finalize()
    }
}
