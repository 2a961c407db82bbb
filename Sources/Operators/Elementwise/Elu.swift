import Graphs
import Tensors

/// `x` above 0, `alpha (eˣ − 1)` below.
///
/// Source: Clevert, Unterthiner and Hochreiter 2015.
struct Elu: RealFunction {
    /// The attributes.
    struct Parameters: Sendable {
        let alpha: Float
    }

    let name = "Elu"
    static let versions = [6, 22]
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
        x < 0 ? T(p.alpha) * T.expm1(x) : x
    }

    func kind(_ parameters: Parameters) -> Kernel.UnaryKind? { .elu(alpha: parameters.alpha) }

    func differentiate(
        _ builder: inout PullbackBuilder, _ parameters: Parameters
    ) throws(OperatorError) -> String? {
        let slope = builder.body.add(builder.output(0), try builder.scalar(Double(parameters.alpha)))
        return try builder.negativeBranch(slope, otherwise: 1)
    }

    var examples: [Example] {
        [
            Example(
                "default", opset: 16, inputs: [.floats([-3.5, -1, -0.25, 0.75, 1.25, 4], [2, 3])],
                expected: [.floats([-0.9698026, -0.63212055, -0.22119921, 0.75, 1.25, 4], [2, 3])]),
            Example(
                "alpha 2", opset: 16, attributes: [.init("alpha", .float(2))],
                inputs: [.floats([-3.5, -1, -0.25, 0.75, 1.25, 4], [2, 3])],
                expected: [.floats([-1.9396052, -1.2642411, -0.44239843, 0.75, 1.25, 4], [2, 3])]),
        ]
    }
}
