import Graphs
import Tensors

/// `x` above 0, `alpha x` below.
struct LeakyRelu: RealFunction {
    /// The attributes.
    struct Parameters: Sendable {
        let alpha: Float
    }

    let name = "LeakyRelu"
    static let versions = [6, 16]
    static let parameterNames = (input: "X", output: "Y")
    static let rules: [Signature.AttributeRule] = [
        .init("alpha", default: .float(0.009999999776482582))
    ]

    func parameters(_ site: CallSite) throws(OperatorError) -> Parameters {
        let attributes = attributes(site)
        return Parameters(alpha: try attributes.float("alpha"))
    }

    static func apply<T: Real>(_ x: T, _ p: Parameters) -> T {
        x < 0 ? T(p.alpha) * x : x
    }

    func kind(_ parameters: Parameters) -> Kernel.UnaryKind? { .leakyRelu(slope: parameters.alpha) }

    func differentiate(
        _ builder: inout PullbackBuilder, _ parameters: Parameters
    ) throws(OperatorError) -> String? {
        let slope = try builder.scalar(Double(parameters.alpha))
        return try builder.negativeBranch(slope, otherwise: 1)
    }

    var examples: [Example] {
        [
            Example(
                "default", opset: 16, inputs: [.floats([-3.5, -1, -0.25, 0.75, 1.25, 4], [2, 3])],
                expected: [.floats([-0.035, -0.01, -0.0025, 0.75, 1.25, 4], [2, 3])]),
            Example(
                "alpha 0.5", opset: 16, attributes: [.init("alpha", .float(0.5))],
                inputs: [.floats([-3.5, -1, -0.25, 0.75, 1.25, 4], [2, 3])],
                expected: [.floats([-1.75, -0.5, -0.125, 0.75, 1.25, 4], [2, 3])]),
        ]
    }
}
