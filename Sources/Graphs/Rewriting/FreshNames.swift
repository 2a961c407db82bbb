/// Hands out names that nothing in a model uses, the same ones for the same requests in the same order.
public struct FreshNames: Sendable {
    private var taken: Set<String> = []
    private var next: [String: Int] = [:]

    /// Knows the names of values and nodes of a graph and of its subgraphs.
    public init(_ graph: Graph) { take(graph) }

    /// Knows the names of values and nodes of a model's graph and functions.
    public init(_ model: Model) {
        take(model.graph)
        for function in model.functions {
            taken.formUnion(function.inputs)
            take(function.nodes)
        }
    }

    /// A name that nothing uses: `base` itself, or `base_1`, `base_2` and so on.
    public mutating func make(_ base: String) -> String {
        if !base.isEmpty, taken.insert(base).inserted { return base }
        var number = next[base] ?? 1
        while true {
            let candidate = "\(base)_\(number)"
            number += 1
            if taken.insert(candidate).inserted {
                next[base] = number
                return candidate
            }
        }
    }

    private mutating func take(_ graph: Graph) {
        for infos in [graph.inputs, graph.outputs, graph.valueInfos] { taken.formUnion(infos.map(\.name)) }
        taken.formUnion(graph.initializers.map(\.name))
        taken.formUnion(graph.sparseInitializers.map(\.name))
        take(graph.nodes)
    }

    private mutating func take(_ nodes: [Node]) {
        for node in nodes {
            taken.insert(node.name)
            taken.formUnion(node.inputs)
            taken.formUnion(node.outputs)
            for graph in node.subgraphs { take(graph) }
        }
    }
}
