import Graphs
import Tensors

/// The natural logarithm; −∞ at 0 and NaN below.
struct Log: RealFunction {
    let name = "Log"
    static let versions = [6, 13]
    static let operationsPerElement = 8.0

    static func apply<T: Real>(_ x: T, _ parameters: Void) -> T { T.log(x) }

    func kind(_ parameters: Void) -> Kernel.UnaryKind? { .logarithm }

    func differentiate(_ builder: inout PullbackBuilder, _ parameters: Void) throws(OperatorError) -> String? {
        builder.body.divide(builder.gradient(), builder.input(0))
    }

    var examples: [Example] {
        [
            Example(
                "closed form", opset: 13, inputs: [.floats([1, 2.7182817, 0.5, 1e1])],
                expected: [.floats([0, 0.99999994, -0.6931472, 2.3025851])]),
            Example("two axes", opset: 9, inputs: [.noise([2, 3], scale: 0.5, shift: 1)]),
        ]
    }
}
