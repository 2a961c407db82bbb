import Graphs
import Tensors

/// The inverse hyperbolic sine.
struct Asinh: RealFunction {
    let name = "Asinh"
    static let versions = [9, 22]
    static let operationsPerElement = 8.0

    static func apply<T: Real>(_ x: T, _ parameters: Void) -> T { T.asinh(x) }

    func differentiate(_ builder: inout PullbackBuilder, _ parameters: Void) throws(OperatorError) -> String? {
        let square = builder.body.multiply(builder.input(0), builder.input(0))
        let root = builder.body.call("Sqrt", [builder.body.add(square, try builder.scalar(1))])
        return builder.body.divide(builder.gradient(), root)
    }

    var examples: [Example] {
        [
            Example(
                "closed form", opset: 13, inputs: [.floats([0, 1, -0.5])],
                expected: [.floats([0, 0.8813736, -0.4812118])]),
            Example("two axes", opset: 9, inputs: [.noise([2, 3], scale: 2)]),
        ]
    }
}
