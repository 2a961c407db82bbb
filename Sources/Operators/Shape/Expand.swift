import Graphs
import Tensors

/// A tensor stretched to a shape under broadcasting; where the shape has 1, the tensor's own extent stays.
struct Expand: ShapingOperator {
    let name = "Expand"
    let signature = movement(
        [.init("shape", TypeSets.int64)], input: "input", types: TypeSets.classic.union([.bfloat16]), versions: [8, 13])

    func inferShape(_ site: CallSite) throws(OperatorError) -> SymbolicShape? {
        guard let data = site.shape(0) else { return nil }
        if let target = site.elements(1) { return try Broadcasting.shape([data, SymbolicShape(target)], site.path) }
        guard let count = site.shape(1)?.dimensions.first?.value else { return nil }
        return .unknown(rank: Swift.max(count, data.dimensions.count))
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let data = try call.tensor(0)
        let target = Shape(try call.tensor(1).integers(call.path))
        guard target.checkedElementCount != nil else {
            throw OperatorError(.shape, subject: call.path, reason: "no tensor has the shape \(target.dimensions)")
        }
        let shape = try Broadcasting.shape([data.shape, target], call.path)
        _ = try shape.allocatableCount(call.path)
        let steps = Broadcasting.strides(of: data.shape, in: shape)
        let gather = AxisGather(offsets: zip(shape, steps).map { extent, step in (0..<extent).map { $0 * step } })
        return [.tensor(try gather.tensor(from: [data], shape: shape, path: call.path))]
    }

    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? {
        var builder = PullbackBuilder(site)
        try builder.result(0, builder.gradient(), stretchedTo: try inferShape(site))
        return builder.pullback()
    }

    func lowering(_ site: CallSite) -> Lowering? {
        site.integers(1).map { Lowering(.expansion($0), operands: [0]) }
    }

    var examples: [Example] {
        [
            Example(
                "a column", opset: 13, inputs: [.floats([1, 2], [2, 1]), .ints([2, 3])], constantInputs: [1],
                expected: [.floats([1, 1, 1, 2, 2, 2], [2, 3])]),
            Example(
                "more axes, own extent kept", opset: 8, inputs: [.floats([1, 2], [2, 1]), .ints([2, 1, 1])],
                constantInputs: [1], expected: [.floats([1, 2, 1, 2], [2, 2, 1])]),
        ]
    }
}
