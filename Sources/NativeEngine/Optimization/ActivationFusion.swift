import Graphs
import Operators

/// Lets convolutions apply the element-wise function that alone reads their result.
enum ActivationFusion {
    static func apply(to optimized: inout OptimizedModel, catalogue: OperatorCatalogue) {
        let (uses, producers) = (optimized.uses, optimized.producers)
        var removed: Set<Int> = []
        for (index, site) in optimized.sites.enumerated() {
            guard let target = catalogue.find(domain: site.node.domain, name: site.node.operatorType),
                case .unary(let kind)? = target.lowering(site)?.kernel, EltwiseFunction(kind) != nil,
                let name = site.node.inputs.first, uses[name] == 1, let producer = producers[name],
                // The others are constants, which the reference kernel needs.
                site.operands.dropFirst().allSatisfy({ $0 == nil || $0?.constant != nil }),
                isConvolution(optimized.sites[producer], catalogue),
                optimized.activations[optimized.sites[producer].node] == nil
            else { continue }
            var node = optimized.model.graph.nodes[producer]
            node.outputs = site.node.outputs
            optimized.replace(producer, by: node)
            optimized.activations[node] = FusedActivation(kind: kind, target: target, site: site)
            removed.insert(index)
        }
        optimized.remove(removed)
    }

    private static func isConvolution(_ site: CallSite, _ catalogue: OperatorCatalogue) -> Bool {
        let target = catalogue.find(domain: site.node.domain, name: site.node.operatorType)
        if case .convolution? = target?.lowering(site)?.kernel { return true }
        return false
    }
}
