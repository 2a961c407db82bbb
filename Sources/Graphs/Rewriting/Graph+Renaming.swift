extension Graph {
    /// Renames a value wherever it is defined, read or described, subgraphs that capture it included.
    ///
    /// - Throws: `GraphError` when nothing has the old name or something has the new one.
    public mutating func rename(value old: String, to new: String) throws(GraphError) {
        guard old != new else { return }
        guard definedNames.contains(old) else { throw missing(old) }
        guard !new.isEmpty, !allNames.contains(new) else {
            throw GraphError(
                .duplicateDefinition, subject: "graph '\(name)'", reason: "'\(new)' cannot be the new name of '\(old)'",
                remedy: "take a name that nothing uses")
        }
        self = renaming([old: new])
    }

    /// Names of values here and in subgraphs.
    package var allNames: Set<String> {
        var names = definedNames
        for node in nodes { for graph in node.subgraphs { names.formUnion(graph.allNames) } }
        return names
    }

    /// The graph with values renamed; what a subgraph defines itself hides a name from outside.
    func renaming(_ names: [String: String]) -> Graph {
        var graph = self
        let map = { (name: String) in names[name] ?? name }
        graph.nodes = nodes.map { $0.renaming(names) }
        for index in graph.inputs.indices { graph.inputs[index].name = map(inputs[index].name) }
        for index in graph.outputs.indices { graph.outputs[index].name = map(outputs[index].name) }
        for index in graph.valueInfos.indices { graph.valueInfos[index].name = map(valueInfos[index].name) }
        for index in graph.initializers.indices { graph.initializers[index].name = map(initializers[index].name) }
        for index in graph.sparseInitializers.indices {
            graph.sparseInitializers[index].name = map(sparseInitializers[index].name)
        }
        for index in graph.quantizationAnnotations.indices {
            graph.quantizationAnnotations[index].tensorName = map(quantizationAnnotations[index].tensorName)
            for place in quantizationAnnotations[index].parameters.indices {
                graph.quantizationAnnotations[index].parameters[place].value =
                    map(quantizationAnnotations[index].parameters[place].value)
            }
        }
        return graph
    }

    /// The graph with names from outside renamed and its own kept.
    func renamingCaptures(_ names: [String: String]) -> Graph {
        let own = definedNames
        return renaming(names.filter { !own.contains($0.key) })
    }

    func missing(_ value: String) -> GraphError {
        GraphError(
            .undefinedValue, subject: "graph '\(name)'", reason: "it has no value '\(value)'",
            remedy: Suggestion.sentence(for: value, among: definedNames))
    }
}

extension Node {
    /// The node with the values it reads and writes renamed.
    package func renaming(_ names: [String: String]) -> Node {
        var node = self
        for index in inputs.indices { node.inputs[index] = names[inputs[index]] ?? inputs[index] }
        for index in outputs.indices { node.outputs[index] = names[outputs[index]] ?? outputs[index] }
        for index in attributes.indices where !attributes[index].value.subgraphs.isEmpty {
            node.attributes[index].value = attributes[index].value.mappingSubgraphs { $0.renamingCaptures(names) }
        }
        return node
    }
}
