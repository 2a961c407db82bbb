import Graphs
import Tensors

/// Chains of operators that only give the elements another shape.
struct ReshapeMerging: RegionPass {
    let name = "reshape-merging"
    let summary =
        "Reshape, Flatten, Squeeze and Unsqueeze after one another as one Reshape or none; Transpose that moves no element "
        + "as Reshape"

    func rewrite(_ region: inout Region) {
        for index in region.indices {
            if let node = region.call(index, among: OperatorSets.reshaping) {
                if merge(index, node, &region) { region.noteRewrite() }
            } else if let node = region.call(index, "Transpose") {
                if reshape(index, node, &region) { region.noteRewrite() }
            }
        }
    }

    private func merge(_ index: Int, _ node: Node, _ region: inout Region) -> Bool {
        guard let result = node.onlyOutput, let source = node.input(0), let producer = region.producer(of: source),
            let inner = region.call(producer, among: OperatorSets.reshaping), let value = inner.input(0)
        else { return false }
        if isSame(value, result, region) { return region.substitute(index, result: result, by: value) }
        // The target alone decides, unless it copies extents of what it is given.
        if node.operatorType == "Reshape", let name = node.input(1), let target = region.integers(name),
            !target.contains(0) || node.int("allowzero", default: 0) == 1
        {
            region.replace(index, by: node.with(inputs: [value, name]))
            return true
        }
        guard let target = Self.target(of: result, region) else { return false }
        let shape = region.addConstant(Tensor(target.map(Int64.init)), base: result + "_shape")
        region.replace(index, by: Node("Reshape", inputs: [value, shape], outputs: [result], name: node.name))
        return true
    }

    /// True where two values that have the same elements have the same shape, whatever is fed.
    private func isSame(_ a: String, _ b: String, _ region: Region) -> Bool {
        guard let left = region.shape(a)?.dimensions, let right = region.shape(b)?.dimensions,
            left.count == right.count
        else { return false }
        let open = zip(left, right).count { $0 == .unknown || $1 == .unknown }
        guard zip(left, right).allSatisfy({ $0 == $1 || $0 == .unknown || $1 == .unknown }) else { return false }
        return open == 0
            || open == 1 && !left.contains(.fixed(0)) && left.allSatisfy(\.isFixedOrUnknown)
                && right.allSatisfy(\.isFixedOrUnknown)
    }

    /// A target for Reshape that gives a value's shape: at most one extent is computed.
    static func target(of value: String, _ region: Region) -> [Int]? {
        guard let extents = region.shape(value)?.dimensions, extents.count(where: { $0.value == nil }) <= 1,
            !extents.contains(.fixed(0))
        else { return nil }
        return extents.map { $0.value ?? -1 }
    }

    /// A Transpose that leaves the order of all axes longer than 1 moves nothing.
    private func reshape(_ index: Int, _ node: Node, _ region: inout Region) -> Bool {
        guard let result = node.onlyOutput, let source = node.input(0), let permutation = region.permutation(node),
            let extents = region.shape(source)?.dimensions, extents.count == permutation.count,
            !permutation.enumerated().allSatisfy({ $0.offset == $0.element })
        else { return false }
        let moved = permutation.filter { extents[$0] != .fixed(1) }
        guard moved == moved.sorted(), let target = Self.target(of: result, region) else { return false }
        let shape = region.addConstant(Tensor(target.map(Int64.init)), base: result + "_shape")
        region.replace(index, by: Node("Reshape", inputs: [source, shape], outputs: [result], name: node.name))
        return true
    }
}

extension Dimension {
    /// True where the extent is a number or nothing is known of it: it has no name.
    fileprivate var isFixedOrUnknown: Bool { if case .symbol = self { false } else { true } }
}
