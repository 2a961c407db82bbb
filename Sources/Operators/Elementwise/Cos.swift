import Graphs
import Tensors

/// The cosine of an angle in radians.
struct Cos: RealFunction {
    let name = "Cos"
    static let versions = [7, 22]
    static let operationsPerElement = 8.0

    static func apply<T: Real>(_ x: T, _ parameters: Void) -> T { T.cos(x) }

    func differentiate(_ builder: inout PullbackBuilder, _ parameters: Void) throws(OperatorError) -> String? {
        let slope = builder.body.negate(builder.body.call("Sin", [builder.input(0)]))
        return builder.body.multiply(builder.gradient(), slope)
    }

    func kind(_ parameters: Void) -> Kernel.UnaryKind? { .cosine }

    var examples: [Example] {
        [
            Example(
                "closed form", opset: 13, inputs: [.floats([0, 1, -0.5, 3])],
                expected: [.floats([1, 0.5403023, 0.87758255, -0.9899925])]),
            Example("two axes", opset: 9, inputs: [.noise([2, 3], scale: 2)]),
        ]
    }
}
