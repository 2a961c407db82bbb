import Graphs
import Tensors

/// The inverse hyperbolic cosine; NaN below 1.
struct Acosh: RealFunction {
    let name = "Acosh"
    static let versions = [9, 22]
    static let operationsPerElement = 8.0

    static func apply<T: Real>(_ x: T, _ parameters: Void) -> T { T.acosh(x) }

    func differentiate(_ builder: inout PullbackBuilder, _ parameters: Void) throws(OperatorError) -> String? {
        let square = builder.body.multiply(builder.input(0), builder.input(0))
        let root = builder.body.call("Sqrt", [builder.body.subtract(square, try builder.scalar(1))])
        return builder.body.divide(builder.gradient(), root)
    }

    var examples: [Example] {
        [
            Example(
                "closed form", opset: 13, inputs: [.floats([1.5, 2, 1e1])],
                expected: [.floats([0.9624236, 1.316958, 2.993223])]),
            Example("two axes", opset: 9, inputs: [.noise([2, 3], shift: 2.5)]),
        ]
    }
}
