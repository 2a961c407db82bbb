import Graphs
import Tensors

/// The magnitude.
struct Abs: NumberFunction {
    let name = "Abs"
    static let types = TypeSets.numbers
    static let versions = [6, 13]
    static let parameterNames = (input: "X", output: "Y")

    static func apply<T: Number>(_ x: T) -> T { x < .zero ? T.zero.minus(x) : x }

    func kind(_ parameters: Void) -> Kernel.UnaryKind? { .absolute }

    func differentiate(_ builder: inout PullbackBuilder, _ parameters: Void) throws(OperatorError) -> String? {
        let sign = builder.body.call("Sign", [builder.input(0)])
        return builder.body.multiply(builder.gradient(), sign)
    }

    var examples: [Example] {
        [
            Example(
                "both signs", opset: 13, inputs: [.floats([-2, -0.5, 0.25, 3], [2, 2])],
                expected: [.floats([2, 0.5, 0.25, 3], [2, 2])]),
            Example(
                "integers", opset: 13, inputs: [.ints([-2, 0, 7])], expected: [.ints([2, 0, 7])],
                isDifferentiable: false),
        ]
    }
}
