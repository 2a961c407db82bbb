import Graphs
import Tensors

/// The arccosine; NaN outside −1 … 1.
struct Acos: RealFunction {
    let name = "Acos"
    static let versions = [7, 22]
    static let operationsPerElement = 8.0

    static func apply<T: Real>(_ x: T, _ parameters: Void) -> T { T.acos(x) }

    func differentiate(_ builder: inout PullbackBuilder, _ parameters: Void) throws(OperatorError) -> String? {
        let square = builder.body.multiply(builder.input(0), builder.input(0))
        let sine = builder.body.call("Sqrt", [builder.body.subtract(try builder.scalar(1), square)])
        return builder.body.negate(builder.body.divide(builder.gradient(), sine))
    }

    var examples: [Example] {
        [
            Example(
                "closed form", opset: 13, inputs: [.floats([0, 0.5, -0.75])],
                expected: [.floats([1.5707964, 1.0471976, 2.4188583])]),
            Example("two axes", opset: 9, inputs: [.noise([2, 3], scale: 0.9)]),
        ]
    }
}
