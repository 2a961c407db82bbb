import Records
import Timelines

/// Lays folded stacks out as frames: siblings beside each other by name, each as wide as itself and what it holds.
///
/// What is narrower than any drawing shows is left out, so that a trace of a million names makes no page of them.
struct FlameFrames {
    /// The narrowest frame that is kept, as a share of all.
    private static let narrowest = 1e-4

    /// The frames from the outermost inwards; one frame over all where there are several outermost ones.
    let frames: [FlameGraph.Frame]

    private struct Node {
        var name: String
        var total = 0.0
        var children: [Int] = []
    }

    /// A frame among its siblings.
    private struct Place: Hashable {
        var parent: Int
        var name: String
    }

    init(_ folded: FoldedStacks, title: String = "all") {
        var nodes = [Node(name: title)]
        var places: [Place: Int] = [:]
        for entry in folded.entries {
            let time = Double(entry.selfTime)
            var at = 0
            nodes[0].total += time
            for name in entry.path {
                let place = Place(parent: at, name: name)
                if let known = places[place] {
                    at = known
                } else {
                    nodes.append(Node(name: name))
                    nodes[at].children.append(nodes.count - 1)
                    at = nodes.count - 1
                    places[place] = at
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
                if nodes[child].total >= Self.narrowest * nodes[0].total {
                    inner.append((child, depth + 1, place, own))
                }
                place += nodes[child].total
            }
            waiting += inner.reversed()
        }
        self.frames = frames
    }
}
