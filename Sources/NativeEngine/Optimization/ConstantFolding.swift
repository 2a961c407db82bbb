import Graphs
import Operators

/// Evaluates once, when a model is prepared, what does not depend on what is fed.
enum ConstantFolding {
    /// A constant of more elements is left to the run: it would cost more memory than time.
    private static let elementLimit = 1 << 26

    /// The model with the results of constant nodes as initializers.
    ///
    /// - Throws: `OperatorError` with the node path where a node can have no result.
    static func folded(
        _ model: Model, catalogue: OperatorCatalogue
    ) throws(OperatorError) -> OptimizedModel {
        var inference = ShapeInference(catalogue: catalogue)
        inference.foldingLimit = elementLimit
        let types = try inference.infer(model)
        var folded = model
        folded.graph.nodes.removeAll()
        var sites: [CallSite] = []
        for (index, node) in model.graph.nodes.enumerated() {
            let outputs = node.outputs.filter { !$0.isEmpty }
            let constants = outputs.compactMap { name in
                types.constant(name).map { Initializer(name: name, tensor: $0) }
            }
            if !outputs.isEmpty, constants.count == outputs.count {
                folded.graph.initializers += constants
            } else {
                folded.graph.nodes.append(node)
                sites.append(types.sites[index])
            }
        }
        return OptimizedModel(model: folded, types: types, sites: sites)
    }
}
