import Graphs
import Tensors

/// Replaces arithmetic by cheaper arithmetic with the very same result, NaN, infinities and the sign of zero included.
struct AlgebraicSimplification: RegionPass {
    let name = "algebraic-simplification"
    let summary =
        "exact rules of arithmetic and logic: x·1, x+(−0), −(−x), x², division by powers of two, nested Clip, Concat of "
        + "Concat, quantising what was just dequantised"

    /// One rule: whether it rewrote the node of an index.
    typealias Rule = @Sendable (_ index: Int, _ node: Node, _ region: inout Region) -> Bool

    private static let rules: [String: [Rule]] = [
        "Mul": [NeutralElements.apply], "Div": [NeutralElements.apply, PowerRules.division],
        "Add": [NeutralElements.apply], "Sub": [NeutralElements.apply],
        "Pow": [NeutralElements.apply, PowerRules.power],
        "And": [NeutralElements.logic, RepeatedFunctions.sameOperands],
        "Or": [NeutralElements.logic, RepeatedFunctions.sameOperands], "Xor": [NeutralElements.logic],
        "Where": [NeutralElements.choice],
        "Neg": [RepeatedFunctions.involution], "Not": [RepeatedFunctions.involution],
        "BitwiseNot": [RepeatedFunctions.involution],
        "Abs": [RepeatedFunctions.idempotence, RepeatedFunctions.absoluteOfNegative],
        "Relu": [RepeatedFunctions.idempotence], "Ceil": [RepeatedFunctions.idempotence],
        "Floor": [RepeatedFunctions.idempotence], "Round": [RepeatedFunctions.idempotence],
        "Sign": [RepeatedFunctions.idempotence],
        "Clip": [ClipMerging.apply],
        "Concat": [JoinRules.nestedConcat, JoinRules.concatOfSplit],
        "QuantizeLinear": [QuantizationRules.quantizeOfDequantize],
    ]

    func rewrite(_ region: inout Region) {
        for index in region.indices {
            guard let node = region.call(index), let rules = Self.rules[node.operatorType] else { continue }
            if rules.contains(where: { $0(index, node, &region) }) { region.noteRewrite() }
        }
    }
}
