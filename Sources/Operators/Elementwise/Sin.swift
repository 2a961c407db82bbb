import Graphs
import Tensors

/// The sine of an angle in radians.
struct Sin: RealFunction {
    let name = "Sin"
    static let versions = [7, 22]
    static let operationsPerElement = 8.0

    static func apply<T: Real>(_ x: T, _ parameters: Void) -> T { T.sin(x) }

    func differentiate(_ builder: inout PullbackBuilder, _ parameters: Void) throws(OperatorError) -> String? {
        let slope = builder.body.call("Cos", [builder.input(0)])
        return builder.body.multiply(builder.gradient(), slope)
    }

    func kind(_ parameters: Void) -> Kernel.UnaryKind? { .sine }

    var examples: [Example] {
        [
            Example(
                "closed form", opset: 13, inputs: [.floats([0, 1, -0.5, 3])],
                expected: [.floats([0, 0.84147096, -0.47942555, 0.14112])]),
            Example("two axes", opset: 9, inputs: [.noise([2, 3], scale: 2)]),
        ]
    }
}
