import Graphs

extension NodeWriter {
    /// Writes the nodes of a graph into this body and gives the names of its outputs.
    ///
    /// - Throws: `OperatorError` of code `notDifferentiable` where the graph reads values around it or holds further
    ///   graphs, which a body cannot.
    mutating func inline(_ graph: Graph, inputs: [String], path: String) throws(OperatorError) -> [String] {
        guard graph.inputs.count == inputs.count else {
            throw OperatorError(
                .arity, subject: path, reason: "it takes \(graph.inputs.count) inputs, not \(inputs.count)")
        }
        var names = Dictionary(zip(graph.inputs.map(\.name), inputs), uniquingKeysWith: { first, _ in first })
        for initializer in graph.initializers { names[initializer.name] = constant(initializer.tensor) }
        for node in graph.nodes {
            var node = node
            let isPlain = node.attributes.allSatisfy { if case .graph = $0.value { false } else { true } }
            guard isPlain, node.inputs.allSatisfy({ $0.isEmpty || names[$0] != nil }) else {
                throw OperatorError(
                    .notDifferentiable, subject: path,
                    reason: "node '\(node.name)' (\(node.operatorType)) reads values around its graph, or holds graphs")
            }
            node.inputs = node.inputs.map { names[$0] ?? "" }
            node.outputs = node.outputs.map { name in
                if name.isEmpty { return "" }
                let inner = fresh()
                names[name] = inner
                return inner
            }
            append([node])
        }
        return try graph.outputs.map { (output) throws(OperatorError) in
            guard let name = names[output.name] else {
                throw OperatorError(.arity, subject: path, reason: "nothing in it writes its output '\(output.name)'")
            }
            return name
        }
    }
}
