import Graphs
import Tensors

/// `max(x, 0)`.
struct Relu: NumberFunction {
    let name = "Relu"
    static let types = TypeSets.signedNumbers
    static let versions = [6, 13, 14]
    static let parameterNames = (input: "X", output: "Y")

    // Written so that NaN stays NaN.
    static func apply<T: Number>(_ x: T) -> T { x < .zero ? .zero : x }

    func kind(_ parameters: Void) -> Kernel.UnaryKind? { .relu }

    func differentiate(_ builder: inout PullbackBuilder, _ parameters: Void) throws(OperatorError) -> String? {
        let zero = try builder.scalar(0)
        let positive = builder.body.call("Greater", [builder.input(0), zero])
        return builder.body.call("Where", [positive, builder.gradient(), zero])
    }

    var examples: [Example] {
        [
            Example(
                "both signs", opset: 14, inputs: [.floats([-2, -0.5, 0.25, 3], [2, 2])],
                expected: [.floats([0, 0, 0.25, 3], [2, 2])]),
            Example(
                "integers", opset: 14, inputs: [.ints([-2, 0, 7])], expected: [.ints([0, 0, 7])],
                isDifferentiable: false),
        ]
    }
}
