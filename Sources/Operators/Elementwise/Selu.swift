import Graphs
import Tensors

/// `gamma x` above 0, `gamma alpha (eˣ − 1)` below.
///
/// Source: Klambauer et al. 2017.
struct Selu: RealFunction {
    /// The attributes.
    struct Parameters: Sendable {
        let alpha: Float
        let gamma: Float
    }

    let name = "Selu"
    static let versions = [6, 22]
    static let parameterNames = (input: "X", output: "Y")
    static let operationsPerElement = 8.0
    static let rules: [Signature.AttributeRule] = [
        .init("alpha", default: .float(1.6732631921768188)),
        .init("gamma", default: .float(1.0507010221481323)),
    ]

    func parameters(_ site: CallSite) throws(OperatorError) -> Parameters {
        let attributes = attributes(site)
        return Parameters(alpha: try attributes.float("alpha"), gamma: try attributes.float("gamma"))
    }

    static func apply<T: Real>(_ x: T, _ p: Parameters) -> T {
        T(p.gamma) * (x > 0 ? x : T(p.alpha) * T.expm1(x))
    }

    func differentiate(
        _ builder: inout PullbackBuilder, _ parameters: Parameters
    ) throws(OperatorError) -> String? {
        let scale = Double(parameters.gamma) * Double(parameters.alpha)
        let slope = builder.body.add(builder.output(0), try builder.scalar(scale))
        return try builder.negativeBranch(slope, otherwise: Double(parameters.gamma))
    }

    func kind(_ parameters: Parameters) -> Kernel.UnaryKind? { .selu(alpha: parameters.alpha, gamma: parameters.gamma) }

    var examples: [Example] {
        [
            Example(
                "default", opset: 16, inputs: [.floats([-3.5, -1, -0.25, 0.75, 1.25, 4], [2, 3])],
                expected: [.floats([-1.7050093, -1.1113307, -0.3888902, 0.78802574, 1.3133763, 4.202804], [2, 3])]),
            Example(
                "alpha 2, gamma 3", opset: 16, attributes: [.init("alpha", .float(2)), .init("gamma", .float(3))],
                inputs: [.floats([-3.5, -1, -0.25, 0.75, 1.25, 4], [2, 3])],
                expected: [.floats([-5.8188157, -3.7927234, -1.3271953, 2.25, 3.75, 12], [2, 3])]),
        ]
    }
}
