import Graphs
import Tensors

/// The hyperbolic cosine.
struct Cosh: RealFunction {
    let name = "Cosh"
    static let versions = [9, 22]
    static let operationsPerElement = 8.0

    static func apply<T: Real>(_ x: T, _ parameters: Void) -> T { T.cosh(x) }

    func differentiate(_ builder: inout PullbackBuilder, _ parameters: Void) throws(OperatorError) -> String? {
        let slope = builder.body.call("Sinh", [builder.input(0)])
        return builder.body.multiply(builder.gradient(), slope)
    }

    var examples: [Example] {
        [
            Example(
                "closed form", opset: 13, inputs: [.floats([0, 1, -0.5])],
                expected: [.floats([1, 1.5430807, 1.127626])]),
            Example("two axes", opset: 9, inputs: [.noise([2, 3], scale: 2)]),
        ]
    }
}
