public import Graphs
import Tensors

/// What one run of a model costs, counted from shapes: operations, memory traffic, and parameters.
///
/// A multiply-add counts as two operations. Bodies of control flow count once for a branch (the costlier one) and once
/// for each iteration where their number is known, else once.
public struct ModelCost: Sendable, Hashable {
    /// The cost of one node of the main graph.
    public struct NodeCost: Sendable, Hashable {
        /// The place of the node in the graph.
        public var index: Int
        /// The name of the node; may be empty.
        public var name: String
        /// The operator or function called.
        public var operatorType: String
        /// Operations and memory traffic.
        public var work: Work
        /// Multiply-adds of convolutions, matrix products and recurrent layers: half their operations.
        public var multiplyAdds: Double
        /// The number of elements of the constants it reads, those that no earlier node reads.
        public var parameters: Int
        /// False where a shape is not known, so that the count is too low.
        public var isComplete: Bool
    }

    /// The nodes of the main graph, in order.
    public var nodes: [NodeCost]
    /// The sum over all nodes.
    public var total: Work
    /// The multiply-adds of all nodes.
    public var multiplyAdds: Double
    /// The number of elements of all floating-point constants: weights, as papers count them.
    public var parameters: Int
    /// The bytes of all constants.
    public var parameterBytes: Int
    /// False where some shape is not known, so that the counts are too low.
    public var isComplete: Bool { nodes.allSatisfy(\.isComplete) }

    /// Counts the cost of a model.
    ///
    /// - Parameter shapes: shapes of inputs by name, in place of those the model declares.
    /// - Throws: `OperatorError` where the shapes of the model do not fit.
    public init(
        _ model: Model, shapes: [String: SymbolicShape] = [:], catalogue: OperatorCatalogue = .standard
    ) throws(OperatorError) {
        var inference = ShapeInference(catalogue: catalogue)
        inference.foldingLimit = 1 << 12
        let typed = try inference.infer(model, shapes: shapes)
        self.init(model, typed, catalogue: catalogue)
    }

    /// Counts the cost of a model whose types are known.
    public init(_ model: Model, _ typed: TypedModel, catalogue: OperatorCatalogue = .standard) {
        let counter = WorkCounter(model, catalogue: catalogue)
        var unseen = Dictionary(
            model.graph.initializers.map { ($0.name, $0.tensor.elementCount) }, uniquingKeysWith: { first, _ in first })
        (nodes, total, multiplyAdds) = ([], .zero, 0)
        for (index, node) in model.graph.nodes.enumerated() {
            guard index < typed.sites.count else { break }
            let count = counter.count(typed.sites[index], outputs: node.outputs.map { typed.facts[$0]?.type })
            let parameters = node.inputs.reduce(0) { $0 + (unseen.removeValue(forKey: $1) ?? 0) }
            nodes.append(
                NodeCost(
                    index: index, name: node.name, operatorType: node.operatorType, work: count.work,
                    multiplyAdds: count.multiplyAdds, parameters: parameters, isComplete: count.isComplete))
            total = total + count.work
            multiplyAdds += count.multiplyAdds
        }
        let constants = ModelCost.constants(model.graph) + model.functions.flatMap { ModelCost.constants($0.nodes) }
        parameters = constants.filter { $0.elementType.isFloatingPoint }.reduce(0) { $0 + $1.elementCount }
        parameterBytes = constants.reduce(0) { $0 + ($1.elementType.byteCount(of: $1.elementCount) ?? 0) }
    }

    /// The constants of a graph and of the bodies in it.
    private static func constants(_ graph: Graph) -> [Tensor] {
        graph.initializers.map(\.tensor) + constants(graph.nodes)
    }

    private static func constants(_ nodes: [Node]) -> [Tensor] {
        nodes.flatMap { node in
            node.attributes.flatMap { attribute -> [Tensor] in
                switch attribute.value {
                case .graph(let body): constants(body)
                case .tensor(let tensor) where node.operatorType == "Constant": [tensor]
                default: []
                }
            }
        }
    }
}
