import Graphs
import Tensors

/// What is known of the values of one region, found when first asked for.
///
/// Unlike `ShapeInference` it never fails: what a node that breaks a rule gives is unknown. Of what a file states about
/// inner values and outputs only element types are believed, since engines do not hold files to the shapes.
final class RegionFacts {
    typealias Operand = CallSite.Operand

    private let graph: Graph
    private let inputs: [Operand?]
    private let outer: [String: Operand]
    private let overridable: Set<String>
    private let opsets: [String: Int]
    private let walk: InferenceWalk
    /// Computes only small results of operators that make much out of little.
    private let thriftyWalk: InferenceWalk
    private let foldsQuantization: Bool
    private var known: [String: Operand]?

    init(
        _ graph: Graph, inputs: [Operand?], outer: [String: Operand], overridable: Set<String>, opsets: [String: Int],
        walk: InferenceWalk, thriftyWalk: InferenceWalk, foldsQuantization: Bool
    ) {
        self.graph = graph
        self.inputs = inputs
        self.outer = outer
        self.overridable = overridable
        self.opsets = opsets
        self.walk = walk
        self.thriftyWalk = thriftyWalk
        self.foldsQuantization = foldsQuantization
    }

    /// What is known of each value, those of outer scopes included.
    var all: [String: Operand] {
        if let known { return known }
        let result = infer()
        known = result
        return result
    }

    subscript(name: String) -> Operand? { all[name] }

    private func infer() -> [String: Operand] {
        var facts = outer
        facts.reserveCapacity(outer.count + graph.inputs.count + graph.initializers.count + 2 * graph.nodes.count)
        for (info, operand) in zip(graph.inputs, inputs) { facts[info.name] = operand ?? Operand(type: nil) }
        for initializer in graph.initializers where !overridable.contains(initializer.name) {
            let tensor = initializer.tensor
            facts[initializer.name] = Operand(
                type: .tensor(tensor.elementType, SymbolicShape(tensor.shape)), constant: tensor)
        }
        for sparse in graph.sparseInitializers {
            facts[sparse.name] = Operand(type: .tensor(sparse.values.elementType, SymbolicShape(sparse.shape)))
        }
        let stated = Dictionary(
            (graph.valueInfos + graph.outputs).map { ($0.name, $0.type) }, uniquingKeysWith: { first, _ in first })
        for node in graph.nodes {
            let outputs = infer(node, facts)
            for (position, name) in node.outputs.enumerated() where !name.isEmpty {
                var fact = (position < outputs.count ? outputs[position] : nil) ?? Operand(type: nil)
                if fact.type == nil, case .tensor(let element, _)?? = stated[name] {
                    fact.type = .tensor(element, nil)
                }
                facts[name] = fact
            }
        }
        return facts
    }

    private func infer(_ node: Node, _ facts: [String: Operand]) -> [Operand?] {
        let domain = Domain.normalized(node.domain)
        let operands = node.inputs.map { $0.isEmpty ? nil : facts[$0] ?? Operand(type: nil) }
        // Nobody reads what an inference that fails would say of the place.
        var site = CallSite(node: node, opset: opsets[domain] ?? 1, path: node.operatorType, operands: operands)
        // Until a function is called, what its body refers to has no value.
        guard !node.hasReferences else { return [] }
        let context = InferenceWalk.Context(opsets: opsets, path: "")
        if !node.subgraphs.isEmpty { walk.prepareBodies(of: &site, scope: facts, in: context) }
        let walk = ConstantFolding.swells(node) ? thriftyWalk : walk
        guard var outputs = try? walk.facts(of: node, site, in: context) else { return [] }
        if !foldsQuantization, ConstantFolding.quantizes(node) {
            for index in outputs.indices { outputs[index]?.constant = nil }
        }
        return outputs
    }
}

extension Node {
    /// True where an attribute, also of a node in a body, stands for one of the enclosing function.
    var hasReferences: Bool {
        attributes.contains { attribute in
            if case .reference = attribute.value { return true }
            return attribute.value.subgraphs.contains { $0.nodes.contains(where: \.hasReferences) }
        }
    }
}
