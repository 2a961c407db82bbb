import Graphs
import Tensors

/// A tensor repeated along each axis.
struct Tile: ShapingOperator {
    let name = "Tile"
    let signature = movement(
        [.init("repeats", TypeSets.int64)], input: "input", types: TypeSets.classic.union([.bfloat16]),
        versions: [6, 13])

    func inferShape(_ site: CallSite) throws(OperatorError) -> SymbolicShape? {
        guard let extents = site.shape(0)?.dimensions else { return nil }
        guard let repeats = site.elements(1), repeats.count == extents.count else {
            return .unknown(rank: extents.count)
        }
        return SymbolicShape(zip(extents, repeats).map(ElementArithmetic.multiply))
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let data = try call.tensor(0)
        let repeats = try call.tensor(1).integers(call.path)
        guard repeats.count == data.shape.rank, repeats.allSatisfy({ $0 >= 0 && $0 < 1 << 31 }) else {
            throw OperatorError(
                .shape, subject: call.path, reason: "repeats \(repeats) do not fit data of rank \(data.shape.rank)")
        }
        let shape = Shape(zip(data.shape, repeats).map { $0.multipliedReportingOverflow(by: $1).partialValue })
        _ = try shape.allocatableCount(call.path)
        let offsets = zip(AxisGather.identity(data.shape), repeats).map { axis, count in
            Array(repeatElement(axis, count: count).joined())
        }
        return [.tensor(try AxisGather(offsets: offsets).tensor(from: [data], shape: shape, path: call.path))]
    }

    /// Splits each axis into repetition and place, and sums over the repetitions.
    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? {
        let shape = try site.requireFixedShape(0)
        guard let repeats = site.integers(1), repeats.count == shape.rank else {
            throw OperatorError(.notDifferentiable, subject: site.path, reason: "its repeats are not constant")
        }
        var builder = PullbackBuilder(site)
        let split = zip(repeats, shape).flatMap { [$0, $1] }
        let apart = builder.body.reshape(builder.gradient(), to: builder.body.integers(split))
        let axes = (0..<shape.rank).map { 2 * $0 }
        builder.result(
            0, axes.isEmpty ? apart : builder.body.reduce("ReduceSum", apart, axes: axes, keepsDimensions: false))
        return builder.pullback()
    }

    func lowering(_ site: CallSite) -> Lowering? {
        site.integers(1).map { Lowering(.repetition($0), operands: [0]) }
    }

    var examples: [Example] {
        [
            Example(
                "both axes", opset: 13, inputs: [.floats([1, 2], [1, 2]), .ints([2, 2])], constantInputs: [1],
                expected: [.floats([1, 2, 1, 2, 1, 2, 1, 2], [2, 4])]),
            Example(
                "one axis", opset: 7, inputs: [.floats([1, 2, 3]), .ints([2])], constantInputs: [1],
                expected: [.floats([1, 2, 3, 1, 2, 3])]),
        ]
    }
}
