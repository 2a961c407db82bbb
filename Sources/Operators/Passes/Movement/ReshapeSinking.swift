import Graphs
import Tensors

/// Moves a reshaping behind element-wise functions, where another reshaping stands that it can merge with.
struct ReshapeSinking: RegionPass {
    let name = "reshape-sinking"
    let summary =
        "move Reshape, Flatten, Squeeze and Unsqueeze behind element-wise functions, to the next of their kind"

    func rewrite(_ region: inout Region) {
        for index in region.indices {
            guard region.call(index, among: OperatorSets.reshaping) != nil else { continue }
            if sink(index, &region) { region.noteRewrite() }
        }
    }

    /// Moves one reshaping behind all functions up to the next reshaping.
    private func sink(_ index: Int, _ region: inout Region) -> Bool {
        let reshaping = region.nodes[index]
        guard let source = reshaping.input(0), let first = reshaping.onlyOutput else { return false }
        var path: [Int] = []
        var value = first
        while let next = region.onlyReader(of: value), Self.isTransparent(next.node, reading: value, region),
            let output = next.node.onlyOutput
        {
            path.append(next.index)
            value = output
        }
        guard !path.isEmpty, let end = region.onlyReader(of: value), end.node.inputs.first == value,
            OperatorSets.reshaping.contains(end.node.operatorType)
        else { return false }
        let fresh = path.map { region.fresh(region.nodes[$0].outputs[0] + "_unshaped") }
        region.editing { region in
            var (old, current) = (first, source)
            for (place, output) in zip(path, fresh) {
                var node = region.nodes[place]
                node.inputs = node.inputs.map { $0 == old ? current : $0 }
                old = node.outputs[0]
                node.outputs = [output]
                region.replace(place, by: node)
                current = output
            }
            let inputs = [current] + reshaping.inputs.dropFirst()
            region.replace(index, by: reshaping.with(inputs: inputs, output: value))
        }
        return true
    }

    /// True for functions that look at single elements only.
    private static func isTransparent(_ node: Node, reading value: String, _ region: Region) -> Bool {
        if OperatorSets.unary.contains(node.operatorType) { return node.inputs.first == value }
        guard OperatorSets.binary.contains(node.operatorType), let found = region.variableAndConstant(node),
            found.variable == value, let tensor = region.constant(found.constant)
        else { return false }
        return tensor.shape.rank == 0
    }
}
