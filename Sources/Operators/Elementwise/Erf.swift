import Graphs
import Tensors

/// The error function.
struct Erf: RealFunction {
    let name = "Erf"
    static let versions = [9, 13]
    static let operationsPerElement = 8.0

    static func apply<T: Real>(_ x: T, _ parameters: Void) -> T { T.erf(x) }

    func kind(_ parameters: Void) -> Kernel.UnaryKind? { .error }

    func differentiate(_ builder: inout PullbackBuilder, _ parameters: Void) throws(OperatorError) -> String? {
        let square = builder.body.multiply(builder.input(0), builder.input(0))
        let bell = builder.body.call("Exp", [builder.body.negate(square)])
        let slope = builder.body.multiply(bell, try builder.scalar(2 / Double.pi.squareRoot()))
        return builder.body.multiply(builder.gradient(), slope)
    }

    var examples: [Example] {
        [
            Example(
                "closed form", opset: 13, inputs: [.floats([0, 1, -0.5, 3])],
                expected: [.floats([0, 0.8427008, -0.5204999, 0.9999779])]),
            Example("two axes", opset: 9, inputs: [.noise([2, 3], scale: 2)]),
        ]
    }
}
