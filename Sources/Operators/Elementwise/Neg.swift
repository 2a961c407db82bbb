import Graphs
import Tensors

/// `−x`.
struct Neg: NumberFunction {
    let name = "Neg"
    static let types = TypeSets.signedNumbers
    static let versions = [6, 13]
    static let parameterNames = (input: "X", output: "Y")

    static func apply<T: Number>(_ x: T) -> T { x.negated }

    func kind(_ parameters: Void) -> Kernel.UnaryKind? { .negation }

    func differentiate(_ builder: inout PullbackBuilder, _ parameters: Void) throws(OperatorError) -> String? {
        builder.body.negate(builder.gradient())
    }

    var examples: [Example] {
        [
            Example(
                "both signs", opset: 13, inputs: [.floats([-2, -0.5, 0.25, 3], [2, 2])],
                expected: [.floats([2, 0.5, -0.25, -3], [2, 2])]),
            Example(
                "integers", opset: 13, inputs: [.ints([-2, 0, 7])], expected: [.ints([2, 0, -7])],
                isDifferentiable: false),
        ]
    }
}
