extension AttributeValue {
    /// The subgraphs it holds.
    public var subgraphs: [Graph] {
        switch self {
        case .graph(let graph): [graph]
        case .graphs(let graphs): graphs
        default: []
        }
    }

    /// The value with each of its subgraphs replaced.
    package func mappingSubgraphs<Failure: Error>(
        _ transform: (Graph) throws(Failure) -> Graph
    ) throws(Failure) -> AttributeValue {
        switch self {
        case .graph(let graph): return .graph(try transform(graph))
        case .graphs(let graphs):
            var mapped: [Graph] = []
            for graph in graphs { mapped.append(try transform(graph)) }
            return .graphs(mapped)
        default: return self
        }
    }
}

extension Node {
    /// The subgraphs in its attributes, in order.
    public var subgraphs: [Graph] { hasSubgraphs ? attributes.flatMap(\.value.subgraphs) : [] }

    /// True where an attribute holds a graph.
    package var hasSubgraphs: Bool {
        attributes.contains {
            switch $0.value {
            case .graph, .graphs: true
            default: false
            }
        }
    }

    /// Names that it reads: its inputs and what its subgraphs take from outside, each once, omitted inputs left out.
    public var reads: [String] {
        guard hasSubgraphs else {
            return inputs.filter { !$0.isEmpty }
        }
        var seen: Set<String> = []
        return (inputs + subgraphs.flatMap(\.capturedNames)).filter { !$0.isEmpty && seen.insert($0).inserted }
    }
}

extension Graph {
    /// Names that it reads from the scopes around it, sorted.
    public var capturedNames: [String] {
        var read = Set(outputs.map(\.name))
        for node in nodes { read.formUnion(node.reads) }
        return read.subtracting(definedNames).filter { !$0.isEmpty }.sorted()
    }

    /// Names that it defines itself: inputs, initializers and results of nodes.
    public var definedNames: Set<String> {
        var names = Set(inputs.map(\.name))
        names.formUnion(initializers.map(\.name))
        names.formUnion(sparseInitializers.map(\.name))
        for node in nodes { names.formUnion(node.outputs) }
        names.remove("")
        return names
    }
}
