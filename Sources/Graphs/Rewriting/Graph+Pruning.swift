extension Graph {
    /// Removes nodes, constants and descriptions of values that no output depends on; inputs stay.
    public mutating func removeUnused() {
        let needed = namesNeeded(for: outputs.map(\.name), stoppingAt: [])
        nodes.removeAll { !$0.outputs.contains(where: needed.contains) }
        initializers.removeAll { !needed.contains($0.name) }
        sparseInitializers.removeAll { !needed.contains($0.name) }
        dropStaleDescriptions()
    }

    /// The part of the graph that computes some of its values from others.
    ///
    /// - Parameters:
    ///   - inputs: values that become the inputs, each with the type that the graph states.
    ///   - outputs: values that become the outputs.
    /// - Throws: `GraphError` when a value is missing, or an output depends on an input of the graph that is not listed.
    public func extract(inputs newInputs: [String], outputs newOutputs: [String]) throws(GraphError) -> Graph {
        let defined = definedNames
        for name in newInputs + newOutputs where !defined.contains(name) { throw missing(name) }
        let needed = namesNeeded(for: newOutputs, stoppingAt: Set(newInputs))
        let fed = Set(newInputs)
        for input in requiredInputs where needed.contains(input.name) && !fed.contains(input.name) {
            throw GraphError(
                .undefinedValue, subject: "graph '\(name)'", reason: "the outputs depend on input '\(input.name)' too",
                remedy: "list it among the inputs, or cut nearer to the outputs")
        }
        var graph = self
        graph.inputs = newInputs.map { name in inputs.first { $0.name == name } ?? ValueInfo(name, type(of: name)) }
        graph.outputs = newOutputs.map { name in outputs.first { $0.name == name } ?? ValueInfo(name, type(of: name)) }
        graph.nodes.removeAll { node in
            !node.outputs.contains { needed.contains($0) && !fed.contains($0) }
        }
        for index in graph.nodes.indices {
            // A node that computes a fed value beside a needed one stays, and no longer defines the fed one.
            graph.nodes[index].outputs = graph.nodes[index].outputs.map { fed.contains($0) ? "" : $0 }
        }
        graph.initializers.removeAll { !needed.contains($0.name) || fed.contains($0.name) }
        graph.sparseInitializers.removeAll { !needed.contains($0.name) || fed.contains($0.name) }
        graph.dropStaleDescriptions()
        return graph
    }

    /// The names that some values depend on, themselves included.
    private func namesNeeded(for values: [String], stoppingAt stops: Set<String>) -> Set<String> {
        var producers: [String: Int] = [:]
        for (index, node) in nodes.enumerated() { for output in node.outputs { producers[output] = index } }
        var needed: Set<String> = []
        var pending = values
        var visited: Set<Int> = []
        while let name = pending.popLast() {
            guard needed.insert(name).inserted, !stops.contains(name), let index = producers[name],
                visited.insert(index).inserted
            else { continue }
            pending += nodes[index].reads
        }
        return needed
    }

    private mutating func dropStaleDescriptions() {
        var present = definedNames
        let interface = Set(inputs.map(\.name)).union(outputs.map(\.name))
        quantizationAnnotations.removeAll { !present.contains($0.tensorName) }
        present.subtract(interface)
        valueInfos.removeAll { !present.contains($0.name) }
    }
}
