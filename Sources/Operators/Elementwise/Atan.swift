import Graphs
import Tensors

/// The arctangent.
struct Atan: RealFunction {
    let name = "Atan"
    static let versions = [7, 22]
    static let operationsPerElement = 8.0

    static func apply<T: Real>(_ x: T, _ parameters: Void) -> T { T.atan(x) }

    func differentiate(_ builder: inout PullbackBuilder, _ parameters: Void) throws(OperatorError) -> String? {
        let square = builder.body.multiply(builder.input(0), builder.input(0))
        return builder.body.divide(builder.gradient(), builder.body.add(square, try builder.scalar(1)))
    }

    var examples: [Example] {
        [
            Example(
                "closed form", opset: 13, inputs: [.floats([0, 1, -2])],
                expected: [.floats([0, 0.7853982, -1.1071488])]),
            Example("two axes", opset: 9, inputs: [.noise([2, 3], scale: 2)]),
        ]
    }
}
