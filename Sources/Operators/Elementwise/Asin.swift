import Graphs
import Tensors

/// The arcsine; NaN outside −1 … 1.
struct Asin: RealFunction {
    let name = "Asin"
    static let versions = [7, 22]
    static let operationsPerElement = 8.0

    static func apply<T: Real>(_ x: T, _ parameters: Void) -> T { T.asin(x) }

    func differentiate(_ builder: inout PullbackBuilder, _ parameters: Void) throws(OperatorError) -> String? {
        let square = builder.body.multiply(builder.input(0), builder.input(0))
        let cosine = builder.body.call("Sqrt", [builder.body.subtract(try builder.scalar(1), square)])
        return builder.body.divide(builder.gradient(), cosine)
    }

    var examples: [Example] {
        [
            Example(
                "closed form", opset: 13, inputs: [.floats([0, 0.5, -0.75])],
                expected: [.floats([0, 0.5235988, -0.8480621])]),
            Example("two axes", opset: 9, inputs: [.noise([2, 3], scale: 0.9)]),
        ]
    }
}
