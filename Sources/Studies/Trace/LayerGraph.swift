import Graphs

/// The nodes of a model with those of its bodies, and who reads whose results.
struct LayerGraph {
    private(set) var nodes: [LayerNode] = []
    /// The nodes as the file has them, by the same numbers.
    private(set) var calls: [Node] = []
    /// Which nodes read the results of each.
    private(set) var readers: [[Int]] = []
    /// The nodes that write a value of each name; bodies beside each other may use one name.
    private(set) var writers: [String: [Int]] = [:]
    /// The nodes of each name.
    private(set) var named: [String: [Int]] = [:]
    /// The constants of the file, those of bodies among them.
    private(set) var initializers: Set<String> = []
    /// True for nodes that some output of the model depends on.
    private(set) var isNeeded: [Bool] = []

    private var paths: Set<String> = []

    init(_ model: Model) {
        _ = add(model.graph, prefix: "", parent: nil, body: "", outer: [:])
        readers = Array(repeating: [], count: nodes.count)
        for (index, node) in nodes.enumerated() {
            for source in node.sources { readers[source].append(index) }
            for output in node.outputs { writers[output, default: []].append(index) }
            if !node.name.isEmpty { named[node.name, default: []].append(index) }
        }
        isNeeded = Array(repeating: false, count: nodes.count)
        for (index, node) in nodes.enumerated() where node.parent == nil && node.isReturned { need(index) }
    }

    private mutating func need(_ node: Int) {
        var open = [node]
        while let next = open.popLast() {
            guard !isNeeded[next] else { continue }
            isNeeded[next] = true
            open += nodes[next].sources
        }
    }

    /// Adds the nodes of a graph; returns who writes what it returns.
    private mutating func add(
        _ graph: Graph, prefix: String, parent: Int?, body: String, outer: [String: Int]
    ) -> [Int] {
        var scope = outer
        for input in graph.inputs { scope[input.name] = nil }
        for name in graph.initializers.map(\.name) + graph.sparseInitializers.map(\.name) {
            scope[name] = nil
            initializers.insert(name)
        }
        for (place, node) in graph.nodes.enumerated() {
            let number = nodes.count
            let path = unique(prefix + (node.name.isEmpty ? "\(node.operatorType) \(place)" : node.name))
            nodes.append(LayerNode(node, path: path, parent: parent, body: body))
            calls.append(node)
            var sources = node.inputs.compactMap { scope[$0] }
            for attribute in node.attributes {
                for inner in attribute.value.subgraphs {
                    sources += add(
                        inner, prefix: path + "/\(attribute.name)/", parent: number, body: attribute.name,
                        outer: scope)
                }
            }
            nodes[number].sources = sources.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
            for output in node.outputs where !output.isEmpty { scope[output] = number }
        }
        let returned = graph.outputs.compactMap { scope[$0.name] }
        for writer in returned where nodes[writer].parent == parent && nodes[writer].body == body {
            nodes[writer].isReturned = true
        }
        return returned
    }

    private mutating func unique(_ path: String) -> String {
        var candidate = path
        var number = 2
        while !paths.insert(candidate).inserted {
            candidate = "\(path) (\(number))"
            number += 1
        }
        return candidate
    }
}
