import Graphs
import Tensors

/// The running sum along an axis, forwards or backwards, with or without the element itself.
struct CumSum: RunningOperator {
    let name = "CumSum"
    static let operation = RunningFold.Operation.sum
    let signature = Signature(
        inputs: [.init("x", TypeSets.numbers), .init("axis", TypeSets.indices)],
        outputs: [.init("y", TypeSets.numbers)],
        attributes: Self.rules, versions: [11, 14])

    /// The running sum of the gradient the other way round.
    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? {
        var builder = PullbackBuilder(site)
        builder.result(0, builder.body.call("CumSum", [builder.gradient(), builder.input(1)], try turned(site)))
        return builder.pullback()
    }

    var examples: [Example] {
        let data = Value.floats([1, 2, 3, 4, 5, 6], [2, 3])
        return [
            Example(
                "rows", opset: 14, inputs: [data, .ints([1], [])], constantInputs: [1],
                expected: [.floats([1, 3, 6, 4, 9, 15], [2, 3])]),
            Example(
                "columns, backwards", opset: 11, attributes: [Attribute("reverse", .int(1))],
                inputs: [data, .tensor([Int32(-2)], [])], constantInputs: [1],
                expected: [.floats([5, 7, 9, 4, 5, 6], [2, 3])]),
            Example(
                "without the element", opset: 14, attributes: [Attribute("exclusive", .int(1))],
                inputs: [data, .ints([1])], constantInputs: [1], expected: [.floats([0, 1, 3, 0, 4, 9], [2, 3])]),
        ]
    }
}
