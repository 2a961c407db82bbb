import Graphs
import Tensors

/// `x` above `alpha`, 0 below.
struct ThresholdedRelu: RealFunction {
    /// The attributes.
    struct Parameters: Sendable {
        let alpha: Float
    }

    let name = "ThresholdedRelu"
    static let versions = [10, 22]
    static let parameterNames = (input: "X", output: "Y")
    static let rules: [Signature.AttributeRule] = [
        .init("alpha", default: .float(1))
    ]

    func parameters(_ site: CallSite) throws(OperatorError) -> Parameters {
        let attributes = attributes(site)
        return Parameters(alpha: try attributes.float("alpha"))
    }

    static func apply<T: Real>(_ x: T, _ p: Parameters) -> T {
        x > T(p.alpha) ? x : 0
    }

    func differentiate(
        _ builder: inout PullbackBuilder, _ parameters: Parameters
    ) throws(OperatorError) -> String? {
        let isAbove = builder.body.call("Greater", [builder.input(0), try builder.scalar(Double(parameters.alpha))])
        return builder.body.call("Where", [isAbove, builder.gradient(), try builder.scalar(0)])
    }

    var examples: [Example] {
        [
            Example(
                "default", opset: 16, inputs: [.floats([-3.5, -1, -0.25, 0.75, 1.25, 4], [2, 3])],
                expected: [.floats([0, 0, 0, 0, 1.25, 4], [2, 3])]),
            Example(
                "alpha 0.2", opset: 16, attributes: [.init("alpha", .float(0.2))],
                inputs: [.floats([-3.5, -1, -0.25, 0.75, 1.25, 4], [2, 3])],
                expected: [.floats([0, 0, 0, 0.75, 1.25, 4], [2, 3])]),
        ]
    }
}
