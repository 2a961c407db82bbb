import Graphs
import Tensors

/// Computes equal things once.
struct CommonSubexpressions: RegionPass {
    let name = "common-subexpressions"
    let summary = "compute equal nodes once, and keep equal constants once; never random nodes"

    func rewrite(_ region: inout Region) {
        shareConstants(&region)
        var first: [Key: Int] = [:]
        for index in region.indices where region.stands(index) {
            let node = region.nodes[index]
            guard Self.isDeterministic(node, region.shared) else { continue }
            let key = Key(node)
            guard let original = first[key], region.stands(original) else {
                first[key] = index
                continue
            }
            if share(index, original, &region) {
                region.noteRewrite()
                // Readers of the result have other inputs now, and their keys are made from these.
            }
        }
    }

    private func share(_ index: Int, _ original: Int, _ region: inout Region) -> Bool {
        let (copy, kept) = (region.nodes[index], region.nodes[original])
        if let result = copy.onlyOutput, let value = kept.onlyOutput {
            return region.substitute(index, result: result, by: value)
        }
        guard copy.outputs.allSatisfy({ !region.outputNames.contains($0) }) else { return false }
        for (old, new) in zip(copy.outputs, kept.outputs) where !old.isEmpty {
            guard region.redirect(old, to: new) else { return false }
        }
        region.remove(index)
        return true
    }

    /// Lets readers of equal initializers read one of them.
    private func shareConstants(_ region: inout Region) {
        var groups: [ConstantKey: [Initializer]] = [:]
        var gone: Set<String> = []
        for initializer in region.initializers
        where !region.overridable.contains(initializer.name) && !region.outputNames.contains(initializer.name) {
            let key = ConstantKey(initializer.tensor)
            if let equal = groups[key]?.first(where: { $0.tensor == initializer.tensor }) {
                guard region.redirect(initializer.name, to: equal.name) else { continue }
                gone.insert(initializer.name)
                region.noteRewrite()
            } else {
                groups[key, default: []].append(initializer)
            }
        }
        if !gone.isEmpty { region.removeInitializers(gone) }
    }

    /// True where two calls with equal inputs give equal results.
    private static func isDeterministic(_ node: Node, _ shared: RegionShared, depth: Int = 0) -> Bool {
        guard node.subgraphs.isEmpty, depth < 16 else { return false }
        if let function = shared.functions[FunctionKey(node)] {
            return function.nodes.allSatisfy { isDeterministic($0, shared, depth: depth + 1) }
        }
        let target = shared.context.catalogue.find(domain: node.domain, name: node.operatorType)
        return target.map { $0.agreement != .random } ?? false
    }

    /// What two nodes have in common that compute the same.
    private struct Key: Hashable {
        let callee: FunctionIdentifier
        let inputs: [String]
        let attributes: [Attribute]
        let wanted: [Bool]

        init(_ node: Node) {
            callee = node.callee
            let isCommutative =
                node.domain.isEmpty && ["Add", "Mul", "And", "Or", "Xor", "Equal"].contains(callee.name)
            inputs = isCommutative ? node.inputs.sorted() : node.inputs
            attributes = node.attributes.map { Attribute($0.name, $0.value) }.sorted { $0.name < $1.name }
            wanted = node.outputs.map { !$0.isEmpty }
        }
    }

    /// What tells most constants apart without reading all of them.
    private struct ConstantKey: Hashable {
        let type: ElementType
        let shape: Shape
        let sample: [UInt8]

        init(_ tensor: Tensor) {
            type = tensor.elementType
            shape = tensor.shape
            guard let bytes = tensor.bytes, bytes.count > 0 else {
                sample = []
                return
            }
            let step = max(1, bytes.count / 61)
            sample = stride(from: 0, to: bytes.count, by: step).map { bytes[$0] }
        }
    }
}
