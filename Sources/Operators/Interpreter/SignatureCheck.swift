import Graphs
import Tensors

/// Checks calls against the signatures of their operators.
enum SignatureCheck {
    /// Refuses a node with too few or too many inputs or outputs, or without an attribute it needs.
    static func checkNode(_ target: any Operator, _ signature: Signature, _ site: CallSite) throws(OperatorError) {
        let node = site.node
        try checkArity(node.inputs, signature.inputs, "inputs", site.path)
        try checkArity(node.outputs, signature.outputs, "outputs", site.path)
        for rule in signature.attributes where rule.isRequired && node.attribute(rule.name) == nil {
            throw OperatorError(
                .attribute, subject: site.path, reason: "attribute '\(rule.name)' is missing",
                remedy: "give the node the attribute '\(rule.name)'")
        }
    }

    private static func checkArity(
        _ names: [String], _ parameters: [Signature.Parameter], _ kind: String, _ path: String
    ) throws(OperatorError) {
        var maximum = parameters.count
        for (index, parameter) in parameters.enumerated() {
            switch parameter.occurrence {
            case .optional: break
            case .required where kind == "inputs":
                guard index < names.count, !names[index].isEmpty else {
                    throw OperatorError(.arity, subject: path, reason: "input '\(parameter.name)' is missing")
                }
            case .required: break
            case .variadic(let minimum):
                maximum = .max
                guard kind == "outputs" || names.count >= index + minimum else {
                    throw OperatorError(
                        .arity, subject: path,
                        reason: "it needs at least \(index + minimum) inputs and has \(names.count)")
                }
            }
        }
        guard names.count <= maximum else {
            throw OperatorError(
                .arity, subject: path, reason: "it takes \(maximum) \(kind) at most and has \(names.count)")
        }
    }

    /// Refuses element types the operator does not take.
    static func checkTypes(
        _ signature: Signature, _ types: [ElementType?], _ path: String
    ) throws(OperatorError) {
        for (index, type) in types.enumerated() {
            guard let type else { continue }
            guard
                let parameter = signature.inputs.indices.contains(index)
                    ? signature.inputs[index] : signature.inputs.last
            else { continue }
            if let allowed = parameter.types, !allowed.contains(type) {
                let names = allowed.map(\.name).sorted().joined(separator: ", ")
                throw OperatorError(
                    .type, subject: path, reason: "input '\(parameter.name)' holds \(type.name)",
                    remedy: "it may hold \(names)")
            }
        }
    }
}
