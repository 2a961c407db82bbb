import Records
import Timelines

/// Lays folded stacks out as frames: siblings beside each other by name, each as wide as itself and what it holds.
struct FlameFrames {
    /// The frames from the outermost inwards; one frame over all where there are several outermost ones.
    let frames: [FlameGraph.Frame]

    private struct Node {
        var name: String
        var total = 0.0
        var children: [Int] = []
    }

    init(_ folded: FoldedStacks, title: String = "all") {
        var nodes = [Node(name: title)]
        for entry in folded.entries {
            let time = Double(entry.selfTime)
            var at = 0
            nodes[0].total += time
            for name in entry.path {
                if let known = nodes[at].children.first(where: { nodes[$0].name == name }) {
                    at = known
                } else {
                    nodes.append(Node(name: name))
                    nodes[at].children.append(nodes.count - 1)
                    at = nodes.count - 1
                }
                nodes[at].total += time
            }
        }
        let roots = nodes[0].children.count == 1 ? nodes[0].children : [0]
        var frames: [FlameGraph.Frame] = []
        // The stack holds what is still to be laid out, so that deep paths need no recursion.
        var waiting = nodes[0].total > 0 ? roots.map { (node: $0, depth: 0, start: 0.0, kind: "") } : []
        while let (node, depth, start, kind) = waiting.popLast() {
            // Frames share a colour by what stands at the second step, which tells the parts of a run apart.
            let own = depth == 1 ? nodes[node].name : kind
            frames.append(.init(nodes[node].name, kind: own, depth: depth, start: start, value: nodes[node].total))
            var place = start
            var inner: [(node: Int, depth: Int, start: Double, kind: String)] = []
            for child in nodes[node].children {
                inner.append((child, depth + 1, place, own))
                place += nodes[child].total
            }
            waiting += inner.reversed()
        }
        self.frames = frames
    }
}
