import Assets
import Graphs
import Tensors

/// Seeded inputs for a model of the benchmark at one batch.
struct BenchInputs {
    let model: BenchModel
    let shapes: [String: [Int]]
    /// Items in a batch; the model's own where `nil`, and one where that is open.
    let batch: Int?
    var seed: Int

    /// One tensor for each input.
    ///
    /// - Throws: `StudyError` of code `shape` or `input` where an input cannot be made up.
    func make(for graph: Graph) throws(StudyError) -> [NamedTensor] {
        try SyntheticBatch.check(shapes.keys, against: graph.requiredInputs, of: model.name)
        var random = SplitMix64(seed: UInt64(truncatingIfNeeded: seed))
        var tensors: [NamedTensor] = []
        for info in graph.requiredInputs {
            guard case .tensor(let element, let declared)? = info.type else {
                throw StudyError(
                    .input, subject: "\(model.name), input '\(info.name)'",
                    reason: "it is no tensor, so it cannot be made up")
            }
            let shape = try shape(of: info, declared)
            let fill = model.feeds[info.name]?.fill ?? (element.isFloatingPoint ? .normal : .integers(0...1))
            tensors.append(NamedTensor(name: info.name, tensor: try tensor(fill, shape, element, info.name, &random)))
        }
        return tensors
    }

    private func shape(of info: ValueInfo, _ declared: SymbolicShape?) throws(StudyError) -> Shape {
        let feed = model.feeds[info.name]
        if var given = shapes[info.name] {
            let axis = feed.map { $0.shape.firstIndex(of: .batch) } ?? 0
            if let batch, let axis, given.indices.contains(axis) { given[axis] = batch }
            return Shape(given)
        }
        if let feed { return Shape(feed.shape.map { if case .fixed(let extent) = $0 { extent } else { batch ?? 1 } }) }
        var extents: [Int] = []
        for (axis, dimension) in (declared?.dimensions ?? [.unknown]).enumerated() {
            if let value = dimension.value, value > 0 {
                extents.append(value)
            } else if axis == 0, declared != nil {
                extents.append(batch ?? 1)
            } else {
                throw StudyError(
                    .shape, subject: "\(model.name), input '\(info.name)'",
                    reason: "its shape is open: \(info.typeText)",
                    remedy: "give it, as --shape \(info.name)=1x3x224x224; the first extent becomes the batch")
            }
        }
        return Shape(extents)
    }

    /// Pictures as channels first, all channels alike: a line every 40 pixels, words of 30 pixels with gaps of 10, in them
    /// upright strokes of two pixels and bars across them.
    private func page(_ shape: Shape, _ random: inout SplitMix64) -> [Double] {
        let (height, width) = (shape.suffix(2).first ?? 1, shape.last ?? 1)
        let planes = shape.elementCount / max(height * width, 1)
        var pixels = [Double](repeating: 1, count: height * width)
        for top in stride(from: 12, to: height - 20, by: 40) {
            for left in stride(from: 12, to: width - 16, by: 4) where left % 40 < 30 {
                let (hasStroke, hasBar) = (random.unit() < 0.6, random.unit() < 0.3)
                for row in 0..<18 {
                    for column in 0..<4 where (hasStroke && column < 2) || (hasBar && (8..<10).contains(row)) {
                        pixels[(top + row) * width + left + column] = -1
                    }
                }
            }
        }
        return (0..<planes).flatMap { _ in pixels }
    }

    private func tensor(
        _ fill: BenchModel.Fill, _ shape: Shape, _ element: ElementType, _ name: String, _ random: inout SplitMix64
    ) throws(StudyError) -> Tensor {
        do throws(TensorError) {
            guard let count = shape.checkedElementCount, count <= 1 << 30 else {
                throw TensorError(.invalidShape, subject: "input", reason: "the shape \(shape) has too many elements")
            }
            let values =
                switch fill {
                case .normal: (0..<count).map { _ in random.normal() }
                case .integers(let range): (0..<count).map { _ in Double(random.integer(in: range)) }
                case .constant(let value): [Double](repeating: value, count: count)
                case .page: page(shape, &random)
                }
            return try Tensor(values, shape: shape).converted(to: element)
        } catch {
            throw StudyError(.input, subject: "\(model.name), input '\(name)'", reason: error.reason)
        }
    }
}
