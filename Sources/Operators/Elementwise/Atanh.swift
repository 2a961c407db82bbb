import Graphs
import Tensors

/// The inverse hyperbolic tangent; ±∞ at ±1 and NaN beyond.
struct Atanh: RealFunction {
    let name = "Atanh"
    static let versions = [9, 22]
    static let operationsPerElement = 8.0

    static func apply<T: Real>(_ x: T, _ parameters: Void) -> T { T.atanh(x) }

    func differentiate(_ builder: inout PullbackBuilder, _ parameters: Void) throws(OperatorError) -> String? {
        let square = builder.body.multiply(builder.input(0), builder.input(0))
        return builder.body.divide(builder.gradient(), builder.body.subtract(try builder.scalar(1), square))
    }

    var examples: [Example] {
        [
            Example(
                "closed form", opset: 13, inputs: [.floats([0, 0.5, -0.75])],
                expected: [.floats([0, 0.54930615, -0.97295505])]),
            Example("two axes", opset: 9, inputs: [.noise([2, 3], scale: 0.9)]),
        ]
    }
}
