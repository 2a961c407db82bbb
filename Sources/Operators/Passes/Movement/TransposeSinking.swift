import Graphs
import Tensors

/// Moves Transpose towards the outputs, where it meets others and vanishes, or becomes part of a product.
struct TransposeSinking: RegionPass {
    let name = "transpose-sinking"
    let summary =
        "compose Transposes; move them behind element-wise operators, Concat, Softmax and reductions; absorb them in MatMul "
        + "and Gemm"

    private typealias Rule = @Sendable (_ index: Int, _ node: Node, _ region: inout Region) -> Bool

    func rewrite(_ region: inout Region) {
        for index in region.indices {
            guard let node = region.call(index), let rule = Self.rule(node) else { continue }
            if rule(index, node, &region) { region.noteRewrite() }
        }
    }

    private static func rule(_ node: Node) -> Rule? {
        let type = node.operatorType
        if type == "Transpose" { return compose }
        if OperatorSets.unary.contains(type) { return TransposeMoves.unary }
        if OperatorSets.binary.contains(type) { return TransposeMoves.binary }
        if OperatorSets.reductions.contains(type) { return TransposeMoves.reduction }
        return switch type {
        case "Softmax", "LogSoftmax", "Hardmax": TransposeMoves.softmax
        case "Concat": TransposeMoves.concat
        case "Gemm": TransposedProducts.gemm
        case "MatMul": TransposedProducts.matrixProduct
        default: nil
        }
    }

    /// Two permutations after one another are one.
    private static func compose(_ index: Int, _ node: Node, _ region: inout Region) -> Bool {
        guard let result = node.onlyOutput, let outer = region.permutation(node),
            let inner = region.producer(of: node.inputs.first ?? "", "Transpose"),
            let first = region.permutation(inner.node), let value = inner.node.input(0), first.count == outer.count
        else { return false }
        let both = outer.map { first[$0] }
        if both == Array(both.indices), region.substitute(index, result: result, by: value) { return true }
        region.replace(index, by: node.with(inputs: [value]).setting("perm", .ints(both)))
        return true
    }
}
