import Assets
import Graphs
import Tensors

/// Seeded inputs for a model of the benchmark at one batch.
struct BenchInputs {
    let model: BenchModel
    let shapes: [String: [Int]]
    let batch: Int
    let seed: Int

    /// One tensor for each input.
    ///
    /// - Throws: `StudyError` of code `shape` or `input` where an input cannot be made up.
    func make(for graph: Graph) throws(StudyError) -> [NamedTensor] {
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
        if let feed = model.feeds[info.name] {
            return Shape(feed.shape.map { if case .fixed(let extent) = $0 { extent } else { batch } })
        }
        if let given = shapes[info.name] { return Shape(given.isEmpty ? [] : [batch] + given.dropFirst()) }
        var extents: [Int] = []
        for (axis, dimension) in (declared?.dimensions ?? [.unknown]).enumerated() {
            if let value = dimension.value, value > 0 {
                extents.append(value)
            } else if axis == 0, declared != nil {
                extents.append(batch)
            } else {
                throw StudyError(
                    .shape, subject: "\(model.name), input '\(info.name)'",
                    reason: "its shape is open: \(info.typeText)",
                    remedy: "give it, as --shape \(info.name)=1x3x224x224; the first extent becomes the batch")
            }
        }
        return Shape(extents)
    }

    private func tensor(
        _ fill: BenchModel.Fill, _ shape: Shape, _ element: ElementType, _ name: String, _ random: inout SplitMix64
    ) throws(StudyError) -> Tensor {
        do throws(TensorError) {
            guard let count = shape.checkedElementCount, count <= 1 << 30 else {
                throw TensorError(.invalidShape, subject: "input", reason: "the shape \(shape) has too many elements")
            }
            let values = (0..<count).map { _ in
                switch fill {
                case .normal: random.normal()
                case .integers(let range): Double(random.integer(in: range))
                case .constant(let value): value
                }
            }
            return try Tensor(values, shape: shape).converted(to: element)
        } catch {
            throw StudyError(.input, subject: "\(model.name), input '\(name)'", reason: error.reason)
        }
    }
}
