import Graphs
import Tensors

/// `ln(eˣ + 1)`, computed so that nothing overflows.
struct Softplus: RealFunction {
    let name = "Softplus"
    static let versions = [1, 22]
    static let parameterNames = (input: "X", output: "Y")
    static let operationsPerElement = 16.0

    static func apply<T: Real>(_ x: T, _ parameters: Void) -> T { (x > 0 ? x : 0) + T.log1p(T.exp(-abs(x))) }

    func kind(_ parameters: Void) -> Kernel.UnaryKind? { .softplus }

    func differentiate(_ builder: inout PullbackBuilder, _ parameters: Void) throws(OperatorError) -> String? {
        let slope = builder.body.call("Sigmoid", [builder.input(0)])
        return builder.body.multiply(builder.gradient(), slope)
    }

    var examples: [Example] {
        [
            Example(
                "closed form", opset: 13, inputs: [.floats([0, 1, -1, 4])],
                expected: [.floats([0.6931472, 1.3132616, 0.3132617, 4.01815])]),
            Example("two axes", opset: 9, inputs: [.noise([2, 3], scale: 2)]),
        ]
    }
}
