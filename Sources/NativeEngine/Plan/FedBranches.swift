import Graphs

/// Whether a model branches by elements that it is fed, and not only by their shapes.
enum FedBranches {
    /// True where the condition of an `If` of the graph depends on elements of an input.
    static func exist(in graph: Graph) -> Bool {
        var fed = Set(graph.requiredInputs.map(\.name))
        for node in graph.nodes where !["Shape", "Size"].contains(node.operatorType) {
            if node.operatorType == "If", let condition = node.inputs.first, fed.contains(condition) { return true }
            if node.reads.contains(where: fed.contains) { fed.formUnion(node.outputs) }
        }
        return false
    }
}
