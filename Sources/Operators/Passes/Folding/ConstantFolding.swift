import Graphs
import Tensors

/// Computes once what does not depend on what is fed.
struct ConstantFolding: RegionPass {
    let name = "constant-folding"
    let summary = "compute nodes all of whose inputs are constant; never random ones, nor what quantises weights"

    /// A result may be this many elements larger than what it is computed from.
    static let growth = 1 << 16

    func inferenceLimit(_ context: PassContext) -> Int { context.foldingLimit }

    func rewrite(_ region: inout Region) {
        for index in region.indices {
            let node = region.nodes[index]
            // A constant node is folded already.
            guard node.operatorType != "Constant" || !node.domain.isEmpty, !node.outputs.isEmpty,
                node.inputs.allSatisfy({ $0.isEmpty || region.constant($0) != nil })
            else { continue }
            let names = node.outputs.filter { !$0.isEmpty }
            let results = names.compactMap { name in region.constant(name).map { (name: name, tensor: $0) } }
            let read = node.inputs.reduce(0) { $0 + (region.constant($1)?.elementCount ?? 0) }
            guard !results.isEmpty, results.count == names.count,
                results.reduce(0, { $0 + $1.tensor.elementCount }) <= read + Self.growth
            else { continue }
            region.fold(index, results)
            region.noteRewrite()
        }
    }

    /// True for operators that make much out of little.
    static func swells(_ node: Node) -> Bool {
        node.domain.isEmpty
            && ["ConstantOfShape", "Expand", "Tile", "Range", "EyeLike", "Pad"].contains(node.operatorType)
    }

    /// True for nodes that quantise or dequantise, which stay unless the context says otherwise.
    static func quantizes(_ node: Node) -> Bool {
        ["DequantizeLinear", "QuantizeLinear", "DynamicQuantizeLinear"].contains(node.operatorType)
    }
}
