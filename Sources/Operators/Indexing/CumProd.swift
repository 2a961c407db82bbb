import Graphs
import Tensors

/// The running product along an axis, forwards or backwards, with or without the element itself.
struct CumProd: RunningOperator {
    let name = "CumProd"
    static let operation = RunningFold.Operation.product
    private static let types = TypeSets.floats.union([.int32, .int64, .uint32, .uint64])
    let signature = Signature(
        inputs: [.init("x", Self.types), .init("axis", TypeSets.indices)], outputs: [.init("y", Self.types)],
        attributes: Self.rules, versions: [26])

    /// Each element is a factor of the products after it: their gradients times themselves, summed the other way round
    /// and divided by the element; not defined where an element is 0.
    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? {
        var builder = PullbackBuilder(site)
        let products = builder.body.multiply(builder.gradient(), builder.output(0))
        let sums = builder.body.call("CumSum", [products, builder.input(1)], try turned(site))
        builder.result(0, builder.body.divide(sums, builder.input(0)))
        return builder.pullback()
    }

    var examples: [Example] {
        let data = Value.floats([1, 2, 3, 4, 5, 6], [2, 3])
        return [
            Example(
                "rows", opset: 26, inputs: [data, .ints([1], [])], constantInputs: [1],
                expected: [.floats([1, 2, 6, 4, 20, 120], [2, 3])]),
            Example(
                "columns, backwards", opset: 26, attributes: [Attribute("reverse", .int(1))],
                inputs: [data, .tensor([Int32(-2)], [])], constantInputs: [1],
                expected: [.floats([4, 10, 18, 4, 5, 6], [2, 3])]),
            Example(
                "without the element", opset: 26, attributes: [Attribute("exclusive", .int(1))],
                inputs: [data, .ints([1], [])], constantInputs: [1], expected: [.floats([1, 1, 2, 1, 4, 20], [2, 3])]),
            Example(
                "integers", opset: 26, inputs: [.ints([2, 3, 4]), .ints([0], [])], expected: [.ints([2, 6, 24])],
                isDifferentiable: false),
        ]
    }
}
