import Graphs
import Tensors

/// The square root; NaN below 0.
struct Sqrt: RealFunction {
    let name = "Sqrt"
    let agreement = Agreement.rounding
    static let versions = [6, 13]
    static let parameterNames = (input: "X", output: "Y")

    static func apply<T: Real>(_ x: T, _ parameters: Void) -> T { x.squareRoot() }

    func kind(_ parameters: Void) -> Kernel.UnaryKind? { .squareRoot }

    func differentiate(_ builder: inout PullbackBuilder, _ parameters: Void) throws(OperatorError) -> String? {
        let half = builder.body.multiply(builder.gradient(), try builder.scalar(0.5))
        return builder.body.divide(half, builder.output(0))
    }

    var examples: [Example] {
        [
            Example(
                "closed form", opset: 13, inputs: [.floats([1, 4, 2, 0.25])],
                expected: [.floats([1, 2, 1.4142135, 0.5])]),
            Example("two axes", opset: 9, inputs: [.noise([2, 3], scale: 0.5, shift: 1)]),
        ]
    }
}
