import Graphs
import Tensors

/// `A − B` under broadcasting.
struct Sub: ArithmeticOperator {
    let name = "Sub"
    let signature = Signature(
        inputs: [.init("A", TypeSets.numbers), .init("B", TypeSets.numbers)], outputs: [.init("C", TypeSets.numbers)],
        versions: [7, 13, 14])
    static let kind = Kernel.BinaryKind.subtraction

    static func apply<T: Number>(_ left: T, _ right: T) -> T { left.minus(right) }

    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? {
        var builder = PullbackBuilder(site)
        let shape = try stretchedShape(site)
        try builder.result(0, builder.gradient(), stretchedTo: shape)
        try builder.result(1, builder.body.negate(builder.gradient()), stretchedTo: shape)
        return builder.pullback()
    }

    func inferElements(_ site: CallSite) throws(OperatorError) -> [[Dimension]?] {
        [ElementArithmetic.zip(site.elements(0), site.elements(1), ElementArithmetic.subtract)]
    }

    var examples: [Example] {
        [
            Example(
                "same shapes", opset: 14, inputs: [.floats([10, 20, 30]), .floats([1, 2, 3])],
                expected: [.floats([9, 18, 27])]),
            Example(
                "both stretched", opset: 7, inputs: [.floats([1, 2], [2, 1]), .floats([10, 20, 30], [3])],
                expected: [.floats([-9, -19, -29, -8, -18, -28], [2, 3])]),
            Example(
                "integers", opset: 14, inputs: [.ints([7, -7, 9]), .ints([2, 2, -4])],
                expected: [.ints([5, -9, 13])], isDifferentiable: false),
        ]
    }
}
