import Graphs
import Tensors

/// Reverse-mode differentiation of a body: walks its nodes backwards and inlines the pullback of each.
///
/// Forward values are computed again; what nothing needs is dropped when the pullback is finished.
struct BodyDifferentiation {
    private let body: CompositeBody
    private let typed: TypedModel

    init(_ body: CompositeBody) throws(OperatorError) {
        self.body = body
        typed = try body.typed()
    }

    /// Writes forward nodes and gradients, and declares the gradient of each input that has one.
    func write(_ builder: inout PullbackBuilder) throws(OperatorError) {
        var names: [String: String] = [:]
        for (index, input) in body.inputs.enumerated() where !input.isEmpty { names[input] = builder.input(index) }
        for node in body.nodes { append(node, &names, &builder) }
        var gradients: [String: String] = [:]
        for (index, output) in body.outputs.enumerated() where body.site.hasOutput(index) {
            gradients[output] = builder.gradient(index)
        }
        for (node, site) in zip(body.nodes, typed.sites).reversed() {
            guard node.outputs.contains(where: { gradients[$0] != nil }),
                let target = OperatorCatalogue.standard.find(domain: node.domain, name: node.operatorType),
                let pullback = try target.pullback(site)
            else { continue }
            try inline(pullback.function, of: node, names, &gradients, &builder)
        }
        for (index, input) in body.inputs.enumerated() {
            if let gradient = gradients[input], site(index) { builder.result(index, gradient) }
        }
    }

    /// True where an input holds floats, and so can have a gradient.
    private func site(_ index: Int) -> Bool { body.site.elementType(index)?.isFloatingPoint ?? false }

    /// Appends a node whose values get names of the builder.
    private func append(_ node: Node, _ names: inout [String: String], _ builder: inout PullbackBuilder) {
        var node = node
        node.inputs = node.inputs.map { $0.isEmpty ? "" : names[$0] ?? $0 }
        node.outputs = node.outputs.map { name in
            if name.isEmpty { return "" }
            let fresh = builder.body.fresh()
            names[name] = fresh
            return fresh
        }
        builder.body.append([node])
    }

    private func inline(
        _ function: Function, of node: Node, _ forward: [String: String], _ gradients: inout [String: String],
        _ builder: inout PullbackBuilder
    ) throws(OperatorError) {
        var names: [String: String] = [:]
        for name in function.inputs {
            let parts = name.split(separator: ".")
            guard parts.count == 2, let index = Int(parts[1]) else { continue }
            switch parts[0] {
            case "input": names[name] = forward[node.inputs[index]]
            case "output": names[name] = forward[node.outputs[index]]
            default: names[name] = try gradient(of: node.outputs[index], forward, gradients, &builder)
            }
        }
        for inner in function.nodes { append(inner, &names, &builder) }
        for output in function.outputs {
            guard let index = output.split(separator: ".").last.flatMap({ Int($0) }), let name = names[output] else {
                continue
            }
            let input = node.inputs[index]
            gradients[input] = gradients[input].map { builder.body.add($0, name) } ?? name
        }
    }

    /// The gradient of a value that the pullback of its node reads: zeros where nothing depends on the value.
    private func gradient(
        of output: String, _ forward: [String: String], _ gradients: [String: String],
        _ builder: inout PullbackBuilder
    ) throws(OperatorError) -> String {
        if let known = gradients[output] { return known }
        guard case .tensor(let element, _)? = typed.type(of: output), let name = forward[output] else {
            throw OperatorError(
                .notDifferentiable, subject: body.site.path, reason: "the type of an inner value is not known")
        }
        return try builder.body.zeros(builder.body.shape(name), element)
    }
}
