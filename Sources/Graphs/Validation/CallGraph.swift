/// Which function calls which.
struct CallGraph {
    private let calls: [FunctionIdentifier: [FunctionIdentifier]]
    private let order: [FunctionIdentifier]

    init(_ functions: [Function]) {
        let known = Set(functions.map(\.identifier))
        var calls: [FunctionIdentifier: [FunctionIdentifier]] = [:]
        for function in functions {
            var callees: Set<FunctionIdentifier> = []
            CallGraph.collect(function.nodes, into: &callees)
            calls[function.identifier, default: []] += callees.intersection(known)
                .sorted { $0.description < $1.description }
        }
        self.calls = calls
        order = functions.map(\.identifier)
    }

    /// Functions that call each other in a circle, the first of them first; `nil` when all end.
    func cycle() -> [FunctionIdentifier]? {
        var finished: Set<FunctionIdentifier> = []
        for root in order where !finished.contains(root) {
            var path: [(function: FunctionIdentifier, next: Int)] = [(root, 0)]
            var onPath: Set<FunctionIdentifier> = [root]
            while let (function, next) = path.last {
                let callees = calls[function] ?? []
                guard next < callees.count else {
                    finished.insert(function)
                    onPath.remove(function)
                    path.removeLast()
                    continue
                }
                path[path.count - 1].next += 1
                let callee = callees[next]
                if onPath.contains(callee) {
                    return Array(path.map(\.function).drop { $0 != callee })
                }
                if !finished.contains(callee) {
                    path.append((callee, 0))
                    onPath.insert(callee)
                }
            }
        }
        return nil
    }

    private static func collect(_ nodes: [Node], into callees: inout Set<FunctionIdentifier>) {
        for node in nodes {
            callees.insert(node.callee)
            for graph in node.subgraphs { collect(graph.nodes, into: &callees) }
        }
    }
}
