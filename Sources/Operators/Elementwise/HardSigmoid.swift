import Graphs
import Tensors

/// `max(0, min(1, alpha x + beta))`.
struct HardSigmoid: RealFunction {
    /// The attributes.
    struct Parameters: Sendable {
        let alpha: Float
        let beta: Float
    }

    let name = "HardSigmoid"
    static let versions = [6, 22]
    static let parameterNames = (input: "X", output: "Y")
    static let rules: [Signature.AttributeRule] = [
        .init("alpha", default: .float(0.2)),
        .init("beta", default: .float(0.5)),
    ]

    func parameters(_ site: CallSite) throws(OperatorError) -> Parameters {
        let attributes = attributes(site)
        return Parameters(alpha: try attributes.float("alpha"), beta: try attributes.float("beta"))
    }

    static func apply<T: Real>(_ x: T, _ p: Parameters) -> T {
        let line = T(p.alpha) * x + T(p.beta)
        // What is no number stays so.
        return line < 0 ? 0 : line > 1 ? 1 : line
    }

    func kind(_ parameters: Parameters) -> Kernel.UnaryKind? {
        .hardSigmoid(alpha: parameters.alpha, beta: parameters.beta)
    }

    func differentiate(
        _ builder: inout PullbackBuilder, _ parameters: Parameters
    ) throws(OperatorError) -> String? {
        let (zero, one) = (try builder.scalar(0), try builder.scalar(1))
        let isAbove = builder.body.call("Greater", [builder.output(0), zero])
        let isBelow = builder.body.call("Less", [builder.output(0), one])
        let isInside = builder.body.call("And", [isAbove, isBelow])
        let scaled = builder.body.multiply(builder.gradient(), try builder.scalar(Double(parameters.alpha)))
        return builder.body.call("Where", [isInside, scaled, zero])
    }

    var examples: [Example] {
        [
            Example(
                "default", opset: 16, inputs: [.floats([-3.5, -1, -0.25, 0.75, 1.25, 4], [2, 3])],
                expected: [.floats([0, 0.3, 0.45, 0.65, 0.75, 1], [2, 3])]),
            Example(
                "alpha 0.5, beta 0.6", opset: 16,
                attributes: [.init("alpha", .float(0.5)), .init("beta", .float(0.6))],
                inputs: [.floats([-3.5, -1, -0.25, 0.75, 1.25, 4], [2, 3])],
                expected: [.floats([0, 0.100000024, 0.47500002, 0.975, 1, 1], [2, 3])]),
        ]
    }
}
