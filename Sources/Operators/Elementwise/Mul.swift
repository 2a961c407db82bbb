import Graphs
import Tensors

/// `A · B` under broadcasting.
struct Mul: ArithmeticOperator {
    let name = "Mul"
    let signature = Signature(
        inputs: [.init("A", TypeSets.numbers), .init("B", TypeSets.numbers)], outputs: [.init("C", TypeSets.numbers)],
        versions: [7, 13, 14])
    static let kind = Kernel.BinaryKind.multiplication

    static func apply<T: Number>(_ left: T, _ right: T) -> T { left.times(right) }

    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? {
        var builder = PullbackBuilder(site)
        let shape = try stretchedShape(site)
        let (left, right) = (
            builder.body.multiply(builder.gradient(), builder.input(1)),
            builder.body.multiply(builder.gradient(), builder.input(0))
        )
        try builder.result(0, left, stretchedTo: shape)
        try builder.result(1, right, stretchedTo: shape)
        return builder.pullback()
    }

    func inferElements(_ site: CallSite) throws(OperatorError) -> [[Dimension]?] {
        [ElementArithmetic.zip(site.elements(0), site.elements(1), ElementArithmetic.multiply)]
    }

    var examples: [Example] {
        [
            Example(
                "same shapes", opset: 14, inputs: [.floats([1, 2, 3]), .floats([10, 20, 30])],
                expected: [.floats([10, 40, 90])]),
            Example(
                "both stretched", opset: 7, inputs: [.floats([1, 2], [2, 1]), .floats([10, 20, 30], [3])],
                expected: [.floats([10, 20, 30, 20, 40, 60], [2, 3])]),
            Example(
                "integers", opset: 14, inputs: [.ints([7, -7, 9]), .ints([2, 2, -4])],
                expected: [.ints([14, -14, -36])], isDifferentiable: false),
        ]
    }
}
