import Graphs
import Tensors

/// The beginning of each sequence of a batch reversed, as far as its length says; the rest stays.
struct ReverseSequence: ShapingOperator {
    let name = "ReverseSequence"
    let signature = movement(
        [.init("sequence_lens", TypeSets.int64)], input: "input", output: "Y",
        types: TypeSets.classic.union([.bfloat16]),
        attributes: [.init("batch_axis", default: .int(1)), .init("time_axis", default: .int(0))], versions: [10, 28])

    func inferShape(_ site: CallSite) throws(OperatorError) -> SymbolicShape? { site.shape(0) }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let data = try call.tensor(0)
        let shape = data.shape
        let batch = try Axes.normalize(try attributes(call).int("batch_axis"), rank: shape.rank, call.path)
        let time = try Axes.normalize(try attributes(call).int("time_axis"), rank: shape.rank, call.path)
        let lengths = try call.tensor(1).integers(call.path)
        guard Set([batch, time]) == [0, 1], lengths.count == shape[batch],
            lengths.allSatisfy({ $0 >= 0 && $0 <= shape[time] })
        else {
            throw OperatorError(
                .shape, subject: call.path,
                reason: "lengths \(lengths) and axes \(batch), \(time) do not fit data of shape \(shape)")
        }
        let inner = shape.dimensions[2...].extentProduct
        let starts = (0..<shape[0]).flatMap { first in
            (0..<shape[1]).map { second in
                let (sequence, step) = batch == 0 ? (first, second) : (second, first)
                let source = step < lengths[sequence] ? lengths[sequence] - 1 - step : step
                return (batch == 0 ? first * shape[1] + source : source * shape[1] + second) * inner
            }
        }
        return [
            .tensor(try RunMovement(starts: starts, length: inner).tensor(from: [data], shape: shape, path: call.path))
        ]
    }

    /// The same reversal of the gradient.
    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? {
        var builder = PullbackBuilder(site)
        builder.body = NodeWriter(opset: Swift.max(builder.body.opset, 10))
        let result = builder.body.call(
            "ReverseSequence", [builder.gradient(), builder.input(1)], site.node.attributes)
        builder.result(0, result)
        return builder.pullback()
    }

    var examples: [Example] {
        let data = Value.floats([0, 1, 2, 3, 4, 5], [3, 2])
        return [
            Example(
                "time first", opset: 10, inputs: [data, .ints([3, 2])], constantInputs: [1],
                expected: [.floats([4, 3, 2, 1, 0, 5], [3, 2])]),
            Example(
                "batch first", opset: 10,
                attributes: [Attribute("batch_axis", .int(0)), Attribute("time_axis", .int(1))],
                inputs: [.noise([2, 3, 2]), .ints([1, 3])], constantInputs: [1]),
        ]
    }
}
