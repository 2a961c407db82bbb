import Graphs
import Tensors

/// `1 / x`.
struct Reciprocal: RealFunction {
    let name = "Reciprocal"
    let agreement = Agreement.rounding
    static let versions = [6, 13]
    static let parameterNames = (input: "X", output: "Y")

    static func apply<T: Real>(_ x: T, _ parameters: Void) -> T { 1 / x }

    func differentiate(_ builder: inout PullbackBuilder, _ parameters: Void) throws(OperatorError) -> String? {
        let square = builder.body.multiply(builder.output(0), builder.output(0))
        return builder.body.negate(builder.body.multiply(builder.gradient(), square))
    }

    func kind(_ parameters: Void) -> Kernel.UnaryKind? { .reciprocal }

    var examples: [Example] {
        [
            Example(
                "closed form", opset: 13, inputs: [.floats([1, -4, 0.5])],
                expected: [.floats([1, -0.25, 2])]),
            Example("two axes", opset: 9, inputs: [.noise([2, 3], scale: 0.5, shift: 1)]),
        ]
    }
}
