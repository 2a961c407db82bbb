import Graphs
import Tensors

/// `x − bias` above `lambd`, `x + bias` below `−lambd`, 0 between.
struct Shrink: RealFunction {
    /// The attributes.
    struct Parameters: Sendable {
        let bias: Float
        let lambd: Float
    }

    let name = "Shrink"
    static let types = TypeSets.numbers
    static let versions = [9]
    static let rules: [Signature.AttributeRule] = [
        .init("bias", default: .float(0)),
        .init("lambd", default: .float(0.5)),
    ]

    func parameters(_ site: CallSite) throws(OperatorError) -> Parameters {
        let attributes = attributes(site)
        return Parameters(bias: try attributes.float("bias"), lambd: try attributes.float("lambd"))
    }

    static func apply<T: Real>(_ x: T, _ p: Parameters) -> T {
        x < -T(p.lambd) ? x + T(p.bias) : x > T(p.lambd) ? x - T(p.bias) : 0
    }

    func compute(_ tensor: Tensor, _ parameters: Parameters, _ path: String) throws(OperatorError) -> Value {
        guard tensor.elementType.isInteger else { return try computeReal(tensor, parameters, path) }
        let wide = try Conversion.convert(tensor, to: .float64, path)
        guard let result = try computeReal(wide, parameters, path).tensor else { return .tensor(tensor) }
        return .tensor(try Conversion.convert(result, to: tensor.elementType, path))
    }

    func differentiate(
        _ builder: inout PullbackBuilder, _ parameters: Parameters
    ) throws(OperatorError) -> String? {
        let magnitude = builder.body.call("Abs", [builder.input(0)])
        let isOutside = builder.body.call("Greater", [magnitude, try builder.scalar(Double(parameters.lambd))])
        return builder.body.call("Where", [isOutside, builder.gradient(), try builder.scalar(0)])
    }

    var examples: [Example] {
        [
            Example(
                "hard", opset: 16, attributes: [.init("lambd", .float(1.5))],
                inputs: [.floats([-3.5, -1, -0.25, 0.75, 1.25, 4], [2, 3])],
                expected: [.floats([-3.5, 0, 0, 0, 0, 4], [2, 3])]),
            Example(
                "soft", opset: 16, attributes: [.init("lambd", .float(0.4)), .init("bias", .float(0.4))],
                inputs: [.floats([-3.5, -1, -0.25, 0.75, 1.25, 4], [2, 3])],
                expected: [.floats([-3.1, -0.6, 0, 0.35, 0.85, 3.6], [2, 3])]),
            Example(
                "integers", opset: 9, attributes: [.init("lambd", .float(1.5))], inputs: [.ints([-3, -1, 0, 2])],
                expected: [.ints([-3, 0, 0, 2])], isDifferentiable: false),
        ]
    }
}
