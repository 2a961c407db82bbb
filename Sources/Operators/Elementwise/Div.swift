import Graphs
import Tensors

/// `A / B` under broadcasting; integers toward zero.
struct Div: ArithmeticOperator {
    let name = "Div"
    let signature = Signature(
        inputs: [.init("A", TypeSets.numbers), .init("B", TypeSets.numbers)], outputs: [.init("C", TypeSets.numbers)],
        versions: [7, 13, 14])
    static let kind = Kernel.BinaryKind.division

    static func apply<T: Number>(_ left: T, _ right: T) -> T { left.divided(by: right) }

    func check(_ left: Tensor, _ right: Tensor, _ path: String) throws(OperatorError) {
        try Division.refuseZeros(right, path)
    }

    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? {
        var builder = PullbackBuilder(site)
        let shape = try stretchedShape(site)
        let quotient = builder.body.divide(builder.gradient(), builder.input(1))
        try builder.result(0, quotient, stretchedTo: shape)
        let right = builder.body.negate(builder.body.multiply(quotient, builder.output(0)))
        try builder.result(1, right, stretchedTo: shape)
        return builder.pullback()
    }

    func inferElements(_ site: CallSite) throws(OperatorError) -> [[Dimension]?] {
        [ElementArithmetic.zip(site.elements(0), site.elements(1), ElementArithmetic.divide)]
    }

    var examples: [Example] {
        [
            Example(
                "same shapes", opset: 14, inputs: [.floats([10, 20, 30]), .floats([1, 2, 3])],
                expected: [.floats([10, 10, 10])]),
            Example(
                "both stretched", opset: 7, inputs: [.floats([1, 2], [2, 1]), .floats([10, 20, 30], [3])],
                expected: [.floats([0.1, 0.05, 0.033333335, 0.2, 0.1, 0.06666667], [2, 3])]),
            Example(
                "integers", opset: 14, inputs: [.ints([7, -7, 9]), .ints([2, 2, -4])],
                expected: [.ints([3, -3, -2])], isDifferentiable: false),
        ]
    }
}
