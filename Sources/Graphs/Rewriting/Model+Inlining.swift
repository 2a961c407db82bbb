extension Model {
    /// The model with calls of its functions replaced by their bodies, nested calls and calls in subgraphs too.
    ///
    /// Attributes that a body refers to take the caller's value, else the function's default, else are left out. Names from
    /// bodies are made unique; what a function states about types of its inner values is left out. Operator sets that a body needs and the model does not import are imported.
    ///
    /// - Parameters:
    ///   - selected: which functions to inline; the others stay, with calls of them.
    ///   - limits: bounds on the result.
    /// - Throws: `GraphError` when functions call themselves, a call does not fit its function, a body is written against
    ///   another version of an operator set than the model, or the result would exceed the limits.
    public func inlined(
        where selected: (Function) -> Bool = { _ in true }, limits: InliningLimits = InliningLimits()
    ) throws(GraphError) -> Model {
        let chosen = functions.filter(selected)
        guard !chosen.isEmpty else { return self }
        if let cycle = CallGraph(functions).cycle() {
            throw GraphError(
                .invalidFunction, subject: "function \(cycle[0])",
                reason: "it calls itself: " + (cycle + [cycle[0]]).map(\.description).joined(separator: " → "))
        }
        var inliner = Inliner(functions: chosen, opsets: opsets, names: FreshNames(self), limits: limits)
        var model = self
        model.graph = try inliner.inline(graph, path: "graph '\(graph.name)'", depth: 0)
        model.opsets = inliner.opsets
        let removed = Set(chosen.map(\.identifier))
        model.functions.removeAll { removed.contains($0.identifier) }
        for index in model.functions.indices {
            // What stays may call what went.
            inliner.opsets = model.functions[index].opsets
            let path = "function \(model.functions[index].identifier)"
            model.functions[index].nodes = try inliner.inline(model.functions[index].nodes, path: path, depth: 0)
            model.functions[index].opsets = inliner.opsets
        }
        return model.droppingUnusedDomains(Set(chosen.map(\.domain)))
    }

    /// Drops imports of domains that only inlined functions had.
    private func droppingUnusedDomains(_ domains: Set<String>) -> Model {
        var used: Set<String> = [""]
        Model.collectDomains(graph.nodes, into: &used)
        for function in functions { Model.collectDomains(function.nodes, into: &used) }
        var model = self
        for domain in domains.subtracting(used) { model.opsets[domain] = nil }
        return model
    }

    /// The domains of the operators that nodes and their bodies call.
    package static func collectDomains(_ nodes: [Node], into domains: inout Set<String>) {
        for node in nodes {
            domains.insert(node.domain)
            for graph in node.subgraphs { collectDomains(graph.nodes, into: &domains) }
        }
    }
}
