import Graphs
import Tensors

/// `a sigmoid(alpha a) b`: a linear value let through by a Swish gate.
///
/// Source: Shazeer, "GLU Variants Improve Transformer" (arXiv 2002.05202), equation 6.
struct SwiGLU: CompositeOperator {
    let name = "SwiGLU"
    let family = OperatorFamily.elementwise
    let agreement = Agreement.approximation
    let signature = Signature(
        inputs: [.init("A", TypeSets.floats), .init("B", TypeSets.floats)], outputs: [.init("Y", TypeSets.floats)],
        attributes: [.init("alpha", default: .float(1))], versions: [28])

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        guard let type = try commonElementType(site) else { return [nil] }
        guard let gate = site.shape(0), let value = site.shape(1) else {
            return [.tensor(type, site.shape(0) ?? site.shape(1))]
        }
        guard gate.mayEqual(value) else {
            throw OperatorError(
                .shape, subject: site.path, reason: "a gate of shape \(gate.text) does not fit \(value.text)",
                remedy: "give both one shape; nothing is stretched")
        }
        return [.tensor(type, gate)]
    }

    func write(
        _ body: inout NodeWriter, inputs: [String], _ site: CallSite
    ) throws(OperatorError) -> [String] {
        _ = try inferTypes(site)
        let alpha = try body.scalar(Double(try attributes(site).float("alpha")), try site.requireElementType(0))
        let gate = body.call("Sigmoid", [body.multiply(inputs[0], alpha)])
        return [body.multiply(body.multiply(inputs[0], gate), inputs[1])]
    }

    var examples: [Example] {
        [
            Example(
                "open and closed", opset: 28, inputs: [.floats([0, 100, -100]), .floats([5, 2, 3])],
                expected: [.floats([0, 200, 0])]),
            Example(
                "alpha 2", opset: 28, attributes: [Attribute("alpha", .float(2))],
                inputs: [.noise([2, 3]), .noise([2, 3], seed: 2)]),
        ]
    }
}
