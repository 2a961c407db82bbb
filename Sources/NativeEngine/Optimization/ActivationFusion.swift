import Graphs
import Operators

/// Lets convolutions that are run node by node apply the element-wise function that alone reads their result; plans have
/// `ResultFusion`.
struct ActivationFusion {
    /// An element-wise function that was a node of its own and is now part of the node before it.
    struct Activation: Sendable {
        let kind: Kernel.UnaryKind
        /// The operator and call site of the node that it was, for shapes that only the reference kernels compute.
        let target: any Operator
        let site: CallSite

        /// Applies the function to the result of the reference kernel.
        ///
        /// - Throws: what the operator throws.
        func apply(_ values: [Value]) throws(OperatorError) -> [Value] {
            var inputs = site.operands.map { $0?.constant.map(Value.tensor) }
            if let first = values.first { inputs[0] = first }
            return try target.evaluate(Call(site: site, inputs: inputs) { (_, _) throws(OperatorError) in [] })
        }
    }

    /// The model without the functions that became part of convolutions.
    private(set) var model: Model
    /// What convolutions apply before they store their results.
    private(set) var activations: [Node: Activation] = [:]

    /// - Parameter sites: the call sites of the nodes of the main graph, in their order.
    init(_ model: Model, sites: [CallSite], catalogue: OperatorCatalogue) {
        self.model = model
        var uses: [String: Int] = [:]
        for name in model.graph.nodes.flatMap(\.reads) + model.graph.outputs.map(\.name) { uses[name, default: 0] += 1 }
        /// The convolutions that apply nothing yet, by their results.
        var convolutions: [String: Int] = [:]
        var fused: Set<Int> = []
        for (index, site) in sites.enumerated() {
            let node = site.node
            guard let target = catalogue.find(domain: node.domain, name: node.operatorType) else { continue }
            switch target.lowering(site)?.kernel {
            case .convolution? where node.outputs.count == 1: convolutions[node.outputs[0]] = index
            case .unary(let kind)?:
                // The other operands are constants, which the reference kernel needs.
                guard EltwiseFunction(kind) != nil, let name = node.inputs.first, uses[name] == 1,
                    let convolution = convolutions[name],
                    site.operands.dropFirst().allSatisfy({ $0 == nil || $0?.constant != nil })
                else { continue }
                self.model.graph.nodes[convolution].outputs = node.outputs
                activations[self.model.graph.nodes[convolution]] = Activation(kind: kind, target: target, site: site)
                fused.insert(index)
            default: continue
            }
        }
        let nodes = self.model.graph.nodes
        self.model.graph.nodes = nodes.indices.filter { !fused.contains($0) }.map { nodes[$0] }
    }
}
