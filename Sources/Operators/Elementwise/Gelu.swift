import Graphs
import Tensors

/// `x Φ(x)` with the normal distribution function Φ, exactly or by its tanh approximation.
///
/// Source: Hendrycks and Gimpel 2016.
struct Gelu: CompositeOperator {
    let name = "Gelu"
    let family = OperatorFamily.elementwise
    let agreement = Agreement.approximation
    let signature = Signature(
        inputs: [.init("X", TypeSets.floats)], outputs: [.init("Y", TypeSets.floats)],
        attributes: [.init("approximate", default: .string("none"))],
        versions: [20])

    func write(
        _ body: inout NodeWriter, inputs: [String], _ site: CallSite
    ) throws(OperatorError) -> [String] {
        let x = inputs[0]
        guard let type = site.elementType(0) else { return [] }
        let half = try body.scalar(0.5, type)
        let one = try body.scalar(1, type)
        let inner: String
        switch try attributes(site).string("approximate") {
        case "none":
            inner = body.call("Erf", [body.multiply(x, try body.scalar(0.5.squareRoot(), type))])
        case "tanh":
            let cube = body.multiply(body.multiply(x, x), x)
            let sum = body.add(x, body.multiply(cube, try body.scalar(0.044715, type)))
            inner = body.call("Tanh", [body.multiply(sum, try body.scalar((2 / Double.pi).squareRoot(), type))])
        case let other:
            throw OperatorError(
                .attribute, subject: site.path, reason: "attribute 'approximate' is '\(other)'",
                remedy: "use none or tanh")
        }
        return [body.multiply(body.multiply(x, half), body.add(inner, one))]
    }

    func lowering(_ site: CallSite) -> Lowering? {
        switch try? attributes(site).string("approximate") {
        case "none": Lowering(.unary(.gelu(isApproximate: false)), operands: [0])
        case "tanh": Lowering(.unary(.gelu(isApproximate: true)), operands: [0])
        default: nil
        }
    }

    var examples: [Example] {
        [
            Example(
                "exact", opset: 20, inputs: [.floats([-4, -1, -0.25, 0.75, 2, 5], [2, 3])],
                expected: [
                    .floats([-0.00012668497, -0.15865526, -0.10032342, 0.5800295, 1.9544997, 4.9999986], [2, 3])
                ]),
            Example(
                "tanh", opset: 20, attributes: [.init("approximate", .string("tanh"))],
                inputs: [.floats([-4, -1, -0.25, 0.75, 2, 5], [2, 3])],
                expected: [.floats([-7.024595e-5, -0.15880801, -0.100324646, 0.5799606, 1.9545977, 5], [2, 3])]),
        ]
    }
}
