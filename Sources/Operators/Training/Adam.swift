import Graphs
import Tensors

/// One step of gradient descent along the running mean of the gradients over the root of that of their squares.
///
/// Source: Kingma and Ba, "Adam: A Method for Stochastic Optimization" (arXiv 1412.6980), algorithm 1, with the bias
/// corrected in the rate.
struct Adam: TrainingStep {
    let name = "Adam"
    static let stateCount = 2
    static let rules: [Signature.AttributeRule] = [
        .init("alpha", default: .float(0.9)), .init("beta", default: .float(0.999)),
        .init("epsilon", default: .float(1e-6)), .init("norm_coefficient", default: .float(0)),
        .init("norm_coefficient_post", default: .float(0)),
    ]
    let signature = stepSignature

    func write(
        _ body: inout NodeWriter, _ operands: TrainingOperands, _ site: CallSite
    ) throws(OperatorError) -> [String] {
        let attributes = attributes(site)
        let type = operands.type
        let (alpha, beta) = (Double(try attributes.float("alpha")), Double(try attributes.float("beta")))
        let gradient = try regularized(&body, operands, try attributes.float("norm_coefficient"))
        let square = body.multiply(gradient, gradient)
        let mean = try running(&body, operands.states[0], gradient, alpha, type)
        let squares = try running(&body, operands.states[1], square, beta, type)
        let epsilon = try body.scalar(Double(try attributes.float("epsilon")), type)
        let scale = body.add(body.call("Sqrt", [squares]), epsilon)
        let rate = try corrected(&body, operands, alpha, beta)
        var value = body.subtract(operands.value, body.multiply(body.divide(mean, scale), rate))
        let shrinkage = Double(try attributes.float("norm_coefficient_post"))
        if shrinkage != 0 { value = body.multiply(value, try body.scalar(1 - shrinkage, type)) }
        return [value, mean, squares]
    }

    /// A mean that forgets: `f m + (1 − f) x`.
    private func running(
        _ body: inout NodeWriter, _ mean: String, _ value: String, _ factor: Double, _ type: ElementType
    ) throws(OperatorError) -> String {
        body.add(
            body.multiply(mean, try body.scalar(factor, type)), body.multiply(value, try body.scalar(1 - factor, type)))
    }

    /// The rate with the bias of the first steps taken out: `R √(1 − βᵀ) / (1 − αᵀ)`.
    private func corrected(
        _ body: inout NodeWriter, _ operands: TrainingOperands, _ alpha: Double, _ beta: Double
    ) throws(OperatorError) -> String {
        let type = operands.type
        let count = body.cast(operands.count, to: type)
        let one = try body.scalar(1, type)
        func rest(_ factor: Double) throws(OperatorError) -> String {
            body.subtract(one, body.call("Pow", [try body.scalar(factor, type), count]))
        }
        let factor = body.divide(body.call("Sqrt", [try rest(beta)]), try rest(alpha))
        return body.multiply(operands.rate, body.call("Where", [hasStepped(&body, operands), factor, one]))
    }

    var examples: [Example] {
        [
            Example(
                "before the first step", opset: 1,
                attributes: [
                    Attribute("alpha", .float(0.5)), Attribute("beta", .float(0.75)), Attribute("epsilon", .float(0)),
                ],
                inputs: [
                    .floats([0.5], []), .ints([0], []), .floats([1, 2]), .floats([4, -4]), .floats([0, 8]),
                    .floats([0, 16]),
                ], outputCount: 3,
                expected: [.floats([0.5, 1.75]), .floats([2, 2]), .floats([4, 16])]),
            Example(
                "two tensors, regularized before and after", opset: 1,
                attributes: [
                    Attribute("norm_coefficient", .float(0.01)), Attribute("norm_coefficient_post", .float(0.1)),
                ],
                inputs: [
                    .floats([0.1], []), .ints([3], []), .noise([2]), .noise([3], seed: 2), .noise([2], seed: 3),
                    .noise([3], seed: 4), .noise([2], seed: 5), .noise([3], seed: 6), .noise([2], seed: 7, shift: 2),
                    .noise([3], seed: 8, shift: 2),
                ], outputCount: 6),
        ]
    }
}
