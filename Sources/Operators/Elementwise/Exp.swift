import Graphs
import Tensors

/// `eˣ`.
struct Exp: RealFunction {
    let name = "Exp"
    static let versions = [6, 13]
    static let operationsPerElement = 8.0

    static func apply<T: Real>(_ x: T, _ parameters: Void) -> T { T.exp(x) }

    func kind(_ parameters: Void) -> Kernel.UnaryKind? { .exponential }

    func differentiate(_ builder: inout PullbackBuilder, _ parameters: Void) throws(OperatorError) -> String? {
        builder.body.multiply(builder.gradient(), builder.output(0))
    }

    var examples: [Example] {
        [
            Example(
                "closed form", opset: 13, inputs: [.floats([0, 1, -1, 2.5])],
                expected: [.floats([1, 2.7182817, 0.36787945, 12.182494])]),
            Example("two axes", opset: 9, inputs: [.noise([2, 3], scale: 2)]),
        ]
    }
}
