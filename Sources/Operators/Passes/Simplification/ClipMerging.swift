import Graphs
import Tensors

/// A Clip of a Clip, as one.
enum ClipMerging {
    /// With l₁ ≤ h₁, l₂ ≤ h₂ and overlapping ranges the bounds are the larger lower and the smaller upper one.
    static func apply(_ index: Int, _ node: Node, _ region: inout Region) -> Bool {
        guard region.opset >= 11, let source = node.input(0), let inner = region.producer(of: source, "Clip"),
            let value = inner.node.input(0), let type = region.elementType(value),
            type == .float32 || type == .float64, node.onlyOutput != nil,
            let first = bounds(inner.node, region), let second = bounds(node, region)
        else { return false }
        let (low, high) = (max(first.low, second.low), min(first.high, second.high))
        guard low <= high else { return false }
        var merged = node
        merged.inputs = [value]
        for (bound, open) in [(low, -Double.infinity), (high, Double.infinity)] {
            guard bound != open, let name = region.addScalar(bound, type, base: source + "_bound") else {
                merged.inputs.append("")
                continue
            }
            merged.inputs.append(name)
        }
        while merged.inputs.last == "" { merged.inputs.removeLast() }
        region.replace(index, by: merged)
        return true
    }

    private static func bounds(_ node: Node, _ region: Region) -> (low: Double, high: Double)? {
        var (low, high) = (-Double.infinity, Double.infinity)
        if let name = node.input(1) {
            guard let value = region.scalar(name), !value.isNaN else { return nil }
            low = value
        }
        if let name = node.input(2) {
            guard let value = region.scalar(name), !value.isNaN else { return nil }
            high = value
        }
        return low <= high ? (low, high) : nil
    }
}
