import Graphs
import Operators

/// A model on its way through the passes of the engine, with what is known of its main graph.
struct OptimizedModel {
    var model: Model
    var types: TypedModel
    /// The call sites of the nodes of the main graph, in their order.
    var sites: [CallSite]
    /// The activations that convolutions of the main graph apply before they store their results, by node.
    var activations: [Node: FusedActivation] = [:]

    /// How many nodes, with their subgraphs, and outputs of the graph read each name.
    var uses: [String: Int] {
        var uses: [String: Int] = [:]
        for node in model.graph.nodes { for name in node.reads { uses[name, default: 0] += 1 } }
        for output in model.graph.outputs { uses[output.name, default: 0] += 1 }
        return uses
    }

    /// Which node writes each name.
    var producers: [String: Int] {
        var producers: [String: Int] = [:]
        for (index, node) in model.graph.nodes.enumerated() {
            for name in node.outputs where !name.isEmpty { producers[name] = index }
        }
        return producers
    }

    /// Replaces a node, its call site with it.
    mutating func replace(_ index: Int, by node: Node) {
        model.graph.nodes[index] = node
        sites[index].node = node
    }

    /// Removes nodes, their call sites with them.
    mutating func remove(_ removed: Set<Int>) {
        let kept = sites.indices.filter { !removed.contains($0) }
        model.graph.nodes = kept.map { model.graph.nodes[$0] }
        sites = kept.map { sites[$0] }
    }
}
