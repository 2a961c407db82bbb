import Graphs
import Tensors

/// One step of gradient descent in which each element's rate falls with the sum of its squared gradients.
///
/// Source: Duchi, Hazan and Singer, "Adaptive Subgradient Methods" (JMLR 12, 2011), figure 1.
struct Adagrad: TrainingStep {
    let name = "Adagrad"
    static let stateCount = 1
    static let rules: [Signature.AttributeRule] = [
        .init("decay_factor", default: .float(0)), .init("epsilon", default: .float(1e-6)),
        .init("norm_coefficient", default: .float(0)),
    ]
    let signature = stepSignature

    func write(
        _ body: inout NodeWriter, _ operands: TrainingOperands, _ site: CallSite
    ) throws(OperatorError) -> [String] {
        let attributes = attributes(site)
        let type = operands.type
        let decay = try body.scalar(Double(try attributes.float("decay_factor")), type)
        let age = body.multiply(body.cast(operands.count, to: type), decay)
        let rate = body.divide(operands.rate, body.add(age, try body.scalar(1, type)))
        let gradient = try regularized(&body, operands, try attributes.float("norm_coefficient"))
        let squares = body.add(operands.states[0], body.multiply(gradient, gradient))
        let epsilon = try body.scalar(Double(try attributes.float("epsilon")), type)
        let scale = body.add(body.call("Sqrt", [squares]), epsilon)
        let step = body.divide(body.multiply(gradient, rate), scale)
        return [body.subtract(operands.value, step), squares]
    }

    var examples: [Example] {
        [
            Example(
                "a step of the whole rate", opset: 1, attributes: [Attribute("epsilon", .float(0))],
                inputs: [
                    .floats([0.5], []), .ints([0], []), .floats([1, 2]), .floats([3, -4]), .floats([16, 9]),
                ], outputCount: 2, expected: [.floats([0.7, 2.4]), .floats([25, 25])]),
            Example(
                "two tensors, decay and regularization", opset: 1,
                attributes: [Attribute("decay_factor", .float(0.1)), Attribute("norm_coefficient", .float(0.01))],
                inputs: [
                    .floats([0.1], []), .ints([4], []), .noise([2]), .noise([3], seed: 2), .noise([2], seed: 3),
                    .noise([3], seed: 4), .noise([2], seed: 5, shift: 2), .noise([3], seed: 6, shift: 2),
                ], outputCount: 4),
        ]
    }
}
