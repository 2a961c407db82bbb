import Graphs

/// Concatenations of concatenations and of what was just split.
enum JoinRules {
    /// Pieces that are concatenations along the same axis, read by this one alone, give way to their own pieces.
    static func nestedConcat(_ index: Int, _ node: Node, _ region: inout Region) -> Bool {
        guard let axis = axis(node, region) else { return false }
        var pieces: [String] = []
        var absorbed: [Int] = []
        for input in node.inputs {
            if region.isReadOnce(input), let inner = region.producer(of: input, "Concat"),
                self.axis(inner.node, region) == axis
            {
                pieces += inner.node.inputs
                absorbed.append(inner.index)
            } else {
                pieces.append(input)
            }
        }
        guard !absorbed.isEmpty else { return false }
        region.replace(index, by: node.with(inputs: pieces))
        for inner in absorbed { region.remove(inner) }
        return true
    }

    /// All pieces of a Split put together again along the same axis.
    static func concatOfSplit(_ index: Int, _ node: Node, _ region: inout Region) -> Bool {
        guard let result = node.onlyOutput, let first = node.inputs.first,
            let split = region.producer(of: first, "Split"), split.node.outputs == node.inputs,
            !node.inputs.contains(""), let source = split.node.input(0), let axis = axis(node, region),
            let rank = region.shape(source)?.dimensions.count
        else { return false }
        let own = split.node.int("axis", default: 0)
        guard (own < 0 ? own + rank : own) == axis else { return false }
        return region.substitute(index, result: result, by: source)
    }

    /// The axis of a Concat, counted from the front.
    private static func axis(_ node: Node, _ region: Region) -> Int? {
        guard case .int(let axis)? = node.attribute("axis") else { return nil }
        if axis >= 0 { return axis }
        return node.outputs.first.flatMap { region.shape($0) }.map { axis + $0.dimensions.count }
    }
}
