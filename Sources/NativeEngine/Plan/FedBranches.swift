import Graphs

/// By what of its inputs a model branches.
enum FedBranches {
    /// No branch depends on what is fed.
    case none
    /// Some branch depends on shapes that are fed, and none on elements.
    case byShapes
    /// Some branch depends on elements that are fed.
    case byElements

    /// How the conditions of the graph's own `If`s depend on its inputs.
    init(in graph: Graph) {
        self = .none
        guard graph.nodes.contains(where: { $0.operatorType == "If" }) else { return }
        var fed = Set(graph.requiredInputs.map(\.name))
        // Shapes are known beforehand where those of all inputs are.
        var shaped = Self.isFixed(graph) ? [] : fed
        for node in graph.nodes {
            if node.operatorType == "If", let condition = node.inputs.first {
                if fed.contains(condition) {
                    self = .byElements
                    return
                }
                if shaped.contains(condition) { self = .byShapes }
            }
            if node.reads.contains(where: shaped.contains) { shaped.formUnion(node.outputs) }
            guard !["Shape", "Size"].contains(node.operatorType) else { continue }
            if node.reads.contains(where: fed.contains) { fed.formUnion(node.outputs) }
        }
    }

    private static func isFixed(_ graph: Graph) -> Bool {
        graph.requiredInputs.allSatisfy {
            guard case .tensor(_, let shape?)? = $0.type else { return false }
            return shape.shape != nil
        }
    }
}
