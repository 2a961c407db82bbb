import Graphs
import Tensors

/// `1 / (1 + e⁻ˣ)`, computed so that nothing overflows.
struct Sigmoid: RealFunction {
    let name = "Sigmoid"
    static let versions = [6, 13]
    static let parameterNames = (input: "X", output: "Y")
    static let operationsPerElement = 8.0

    static func apply<T: Real>(_ x: T, _ parameters: Void) -> T {
        let small = T.exp(-abs(x))
        return x < 0 ? small / (1 + small) : 1 / (1 + small)
    }

    func kind(_ parameters: Void) -> Kernel.UnaryKind? { .sigmoid }

    func differentiate(_ builder: inout PullbackBuilder, _ parameters: Void) throws(OperatorError) -> String? {
        let one = try builder.scalar(1)
        let slope = builder.body.multiply(builder.output(0), builder.body.subtract(one, builder.output(0)))
        return builder.body.multiply(builder.gradient(), slope)
    }

    var examples: [Example] {
        [
            Example(
                "closed form", opset: 13, inputs: [.floats([0, 1, -1, 4])],
                expected: [.floats([0.5, 0.7310586, 0.26894143, 0.98201376])]),
            Example("two axes", opset: 9, inputs: [.noise([2, 3], scale: 2)]),
        ]
    }
}
