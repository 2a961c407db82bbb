import Graphs
import Tensors

/// Chains of products or sums with constants, computed with one constant.
struct Reassociation: RegionPass {
    let name = "reassociation"
    let summary = "(x·a)·b as x·(a·b) and (x+a)+b as x+(a+b); exact for integers, within rounding for floats"

    func rewrite(_ region: inout Region) {
        for index in region.indices {
            guard let node = region.call(index, "Mul", "Add"), let outer = region.variableAndConstant(node),
                region.isReadOnce(outer.variable), let inner = region.producer(of: outer.variable, node.operatorType),
                let found = region.variableAndConstant(inner.node), let a = region.constant(found.constant),
                let b = region.constant(outer.constant), let type = region.elementType(found.variable),
                a.elementType == type, b.elementType == type,
                // The merged constant is no larger than what it replaces.
                let shape = try? Broadcasting.shape([a.shape, b.shape], ""),
                shape.elementCount <= max(a.elementCount, b.elementCount),
                Self.isSafe(a, b, node.operatorType, type),
                let merged = region.evaluate(node.operatorType, [a, b])
            else { continue }
            let name = region.addConstant(merged, base: outer.constant + "_merged")
            region.replace(index, by: node.with(inputs: [found.variable, name]))
            region.remove(inner.index)
            region.noteRewrite()
        }
    }

    /// Whether nothing overflows, underflows or cancels in the merged form that did not in the other.
    private static func isSafe(_ a: Tensor, _ b: Tensor, _ operation: String, _ type: ElementType) -> Bool {
        if type.isInteger { return type.bitWidth >= 8 }
        guard type == .float32 || type == .float64, let left = try? a.doubles(), let right = try? b.doubles() else {
            return false
        }
        let all = left + right
        guard all.allSatisfy(\.isFinite) else { return false }
        if operation == "Add" {
            // What is small beside the other constant would be lost where x nearly cancels that one.
            let magnitudes = all.map(\.magnitude)
            guard let least = magnitudes.min(), let most = magnitudes.max(), least > 0, most <= 256 * least else {
                return false
            }
            return all.allSatisfy { $0 > 0 } || all.allSatisfy { $0 < 0 }
        }
        return all.allSatisfy { abs($0) >= 1 && abs($0) < 0x1p50 }
            || all.allSatisfy { abs($0) <= 1 && abs($0) > 0x1p-50 }
    }
}
