import Graphs
import Tensors

/// One step of stochastic gradient descent with momentum, the plain one or Nesterov's.
///
/// Source: Sutskever et al., "On the importance of initialization and momentum in deep learning" (ICML 2013), section 2.
struct Momentum: TrainingStep {
    let name = "Momentum"
    static let stateCount = 1
    static let rules: [Signature.AttributeRule] = [
        .init("alpha", isRequired: true), .init("beta", isRequired: true), .init("mode", isRequired: true),
        .init("norm_coefficient", isRequired: true),
    ]
    let signature = stepSignature

    func write(
        _ body: inout NodeWriter, _ operands: TrainingOperands, _ site: CallSite
    ) throws(OperatorError) -> [String] {
        let attributes = attributes(site)
        let mode = try attributes.string("mode")
        guard mode == "standard" || mode == "nesterov" else {
            throw OperatorError(
                .attribute, subject: site.path, reason: "attribute 'mode' is '\(mode)'",
                remedy: "use standard or nesterov")
        }
        let gradient = try regularized(&body, operands, try attributes.float("norm_coefficient"))
        let alpha = try body.scalar(Double(try attributes.float("alpha")), operands.type)
        let beta = body.call(
            "Where",
            [
                hasStepped(&body, operands), try body.scalar(Double(try attributes.float("beta")), operands.type),
                try body.scalar(1, operands.type),
            ])
        let momentum = body.add(body.multiply(operands.states[0], alpha), body.multiply(gradient, beta))
        let direction =
            mode == "standard" ? momentum : body.add(gradient, body.multiply(momentum, alpha))
        return [body.subtract(operands.value, body.multiply(direction, operands.rate)), momentum]
    }

    var examples: [Example] {
        func attributes(_ mode: String, norm: Float) -> [Attribute] {
            [
                Attribute("alpha", .float(0.5)), Attribute("beta", .float(0.25)), Attribute("mode", .string(mode)),
                Attribute("norm_coefficient", .float(norm)),
            ]
        }
        let (rate, tensors) = (Value.floats([0.5], []), [Value.floats([1, 2]), .floats([4, 8]), .floats([2, -2])])
        return [
            Example(
                "standard", opset: 1, attributes: attributes("standard", norm: 0),
                inputs: [rate, .ints([3], [])] + tensors, outputCount: 2,
                expected: [.floats([0, 1.5]), .floats([2, 1])]),
            Example(
                "first step", opset: 1, attributes: attributes("standard", norm: 0),
                inputs: [rate, .ints([0], [])] + tensors, outputCount: 2,
                expected: [.floats([-1.5, -1.5]), .floats([5, 7])]),
            Example(
                "Nesterov", opset: 1, attributes: attributes("nesterov", norm: 0),
                inputs: [rate, .ints([3], [])] + tensors, outputCount: 2,
                expected: [.floats([-1.5, -2.25]), .floats([2, 1])]),
            Example(
                "two tensors, regularized", opset: 1, attributes: attributes("nesterov", norm: 0.1),
                inputs: [
                    rate, .ints([2], []), .noise([2]), .noise([2, 3], seed: 2), .noise([2], seed: 3),
                    .noise([2, 3], seed: 4), .noise([2], seed: 5), .noise([2, 3], seed: 6),
                ], outputCount: 4),
        ]
    }
}
