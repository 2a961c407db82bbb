/// Which nodes of one graph must come before which.
struct NodeOrder {
    private let nodes: [Node]
    /// For each node, those whose results it reads.
    private let predecessors: [[Int]]

    init(_ nodes: [Node]) {
        self.nodes = nodes
        var producers: [String: Int] = [:]
        for (index, node) in nodes.enumerated() {
            for output in node.outputs where !output.isEmpty && producers[output] == nil { producers[output] = index }
        }
        predecessors = nodes.map { node in node.reads.compactMap { producers[$0] } }
    }

    /// The nodes in an order that respects what they read, as near to the present one as can be; `nil` on a cycle.
    func sorted() -> [Int]? {
        let order = visit()
        return order.cycle == nil ? order.sorted : nil
    }

    /// Nodes that read each other's results in a circle, each reading from the next; `nil` when there are none.
    func cycle() -> [Int]? { visit().cycle }

    /// Depth first, on a stack of its own, since a graph may be a chain of any length.
    private func visit() -> (sorted: [Int], cycle: [Int]?) {
        enum State { case new, open, done }
        var states = [State](repeating: .new, count: nodes.count)
        var sorted: [Int] = []
        for root in nodes.indices where states[root] == .new {
            var path: [(node: Int, next: Int)] = [(root, 0)]
            states[root] = .open
            while let (node, next) = path.last {
                guard next < predecessors[node].count else {
                    states[node] = .done
                    sorted.append(node)
                    path.removeLast()
                    continue
                }
                path[path.count - 1].next += 1
                let predecessor = predecessors[node][next]
                switch states[predecessor] {
                case .done: continue
                case .open: return (sorted, Array(path.map(\.node).drop { $0 != predecessor }))
                case .new:
                    states[predecessor] = .open
                    path.append((predecessor, 0))
                }
            }
        }
        return (sorted, nil)
    }
}
