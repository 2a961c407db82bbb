import Graphs
import Tensors

/// The hyperbolic tangent.
struct Tanh: RealFunction {
    let name = "Tanh"
    static let versions = [6, 13]
    static let operationsPerElement = 8.0

    static func apply<T: Real>(_ x: T, _ parameters: Void) -> T { T.tanh(x) }

    func kind(_ parameters: Void) -> Kernel.UnaryKind? { .tanh }

    func differentiate(_ builder: inout PullbackBuilder, _ parameters: Void) throws(OperatorError) -> String? {
        let square = builder.body.multiply(builder.output(0), builder.output(0))
        let slope = builder.body.subtract(try builder.scalar(1), square)
        return builder.body.multiply(builder.gradient(), slope)
    }

    var examples: [Example] {
        [
            Example(
                "closed form", opset: 13, inputs: [.floats([0, 1, -0.5, 9])],
                expected: [.floats([0, 0.7615942, -0.46211717, 0.99999994])]),
            Example("two axes", opset: 9, inputs: [.noise([2, 3], scale: 2)]),
        ]
    }
}
