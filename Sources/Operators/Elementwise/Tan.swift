import Graphs
import Tensors

/// The tangent of an angle in radians.
struct Tan: RealFunction {
    let name = "Tan"
    static let versions = [7, 22]
    static let operationsPerElement = 8.0

    static func apply<T: Real>(_ x: T, _ parameters: Void) -> T { T.tan(x) }

    func differentiate(_ builder: inout PullbackBuilder, _ parameters: Void) throws(OperatorError) -> String? {
        let square = builder.body.multiply(builder.output(0), builder.output(0))
        let slope = builder.body.add(square, try builder.scalar(1))
        return builder.body.multiply(builder.gradient(), slope)
    }

    var examples: [Example] {
        [
            Example(
                "closed form", opset: 13, inputs: [.floats([0, 1, -0.5])],
                expected: [.floats([0, 1.5574077, -0.5463025])]),
            Example("two axes", opset: 9, inputs: [.noise([2, 3], scale: 2)]),
        ]
    }
}
