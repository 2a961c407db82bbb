import Graphs
import Tensors

/// `max(0, x) + min(0, alpha (e^(x / alpha) − 1))`.
///
/// Source: Barron 2017.
struct Celu: RealFunction {
    /// The attributes.
    struct Parameters: Sendable {
        let alpha: Float
    }

    let name = "Celu"
    static let versions = [12, 28]
    static let parameterNames = (input: "X", output: "Y")
    static let operationsPerElement = 8.0
    static let rules: [Signature.AttributeRule] = [
        .init("alpha", default: .float(1))
    ]

    func parameters(_ site: CallSite) throws(OperatorError) -> Parameters {
        let attributes = attributes(site)
        return Parameters(alpha: try attributes.float("alpha"))
    }

    static func apply<T: Real>(_ x: T, _ p: Parameters) -> T {
        x > 0 ? x : T(p.alpha) * T.expm1(x / T(p.alpha))
    }

    func differentiate(
        _ builder: inout PullbackBuilder, _ parameters: Parameters
    ) throws(OperatorError) -> String? {
        let scaled = builder.body.divide(builder.input(0), try builder.scalar(Double(parameters.alpha)))
        let slope = builder.body.call("Exp", [scaled])
        return try builder.negativeBranch(slope, otherwise: 1)
    }

    func kind(_ parameters: Parameters) -> Kernel.UnaryKind? { .celu(alpha: parameters.alpha) }

    var examples: [Example] {
        [
            Example(
                "default", opset: 16, inputs: [.floats([-3.5, -1, -0.25, 0.75, 1.25, 4], [2, 3])],
                expected: [.floats([-0.9698026, -0.63212055, -0.22119921, 0.75, 1.25, 4], [2, 3])]),
            Example(
                "alpha 2", opset: 16, attributes: [.init("alpha", .float(2))],
                inputs: [.floats([-3.5, -1, -0.25, 0.75, 1.25, 4], [2, 3])],
                expected: [.floats([-1.6524521, -0.78693867, -0.2350062, 0.75, 1.25, 4], [2, 3])]),
        ]
    }
}
