import Graphs
import Tensors

/// `A + B` under broadcasting.
struct Add: ArithmeticOperator {
    let name = "Add"
    let signature = Signature(
        inputs: [.init("A", TypeSets.numbers), .init("B", TypeSets.numbers)], outputs: [.init("C", TypeSets.numbers)],
        versions: [7, 13, 14])
    static let kind = Kernel.BinaryKind.addition

    static func apply<T: Number>(_ left: T, _ right: T) -> T { left.plus(right) }

    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? {
        var builder = PullbackBuilder(site)
        let shape = try stretchedShape(site)
        try builder.result(0, builder.gradient(), stretchedTo: shape)
        try builder.result(1, builder.gradient(), stretchedTo: shape)
        return builder.pullback()
    }

    func inferElements(_ site: CallSite) throws(OperatorError) -> [[Dimension]?] {
        [ElementArithmetic.zip(site.elements(0), site.elements(1), ElementArithmetic.add)]
    }

    var examples: [Example] {
        [
            Example(
                "same shapes", opset: 14, inputs: [.floats([1, 2, 3]), .floats([10, 20, 30])],
                expected: [.floats([11, 22, 33])]),
            Example(
                "both stretched", opset: 14, inputs: [.floats([1, 2], [2, 1]), .floats([10, 20, 30], [3])],
                expected: [.floats([11, 21, 31, 12, 22, 32], [2, 3])]),
            Example(
                "scalar", opset: 7, inputs: [.floats([1, 2, 3, 4], [2, 2]), .floats([0.5], [])],
                expected: [.floats([1.5, 2.5, 3.5, 4.5], [2, 2])]),
            Example(
                "bytes wrap around", opset: 14, inputs: [.tensor([UInt8(250), 3]), .tensor([UInt8(10), 4])],
                expected: [.tensor([UInt8(4), 7])], isDifferentiable: false),
        ]
    }
}
