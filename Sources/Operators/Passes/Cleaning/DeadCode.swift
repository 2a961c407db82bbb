import Graphs

/// Removes what no output depends on.
struct DeadCode: Pass {
    let name = "dead-code"
    let summary = "remove nodes, constants, optional outputs, functions and imports that no output depends on"

    func apply(to model: inout Model, _ context: PassContext) -> Int {
        let overridable = model.overridableInputs(context)
        var sweep = Sweep(context: context, functions: Set(model.functions.map(\.identifier)), kept: overridable)
        var result = model
        sweep.clean(&result.graph)
        for index in result.functions.indices {
            var body = Graph(
                nodes: result.functions[index].nodes,
                outputs: result.functions[index].outputs.map { ValueInfo($0) })
            sweep.clean(&body)
            result.functions[index].nodes = body.nodes
        }
        sweep.removed += result.removeUncalledFunctions() + result.removeUnusedImports()
        guard sweep.removed > 0 else { return 0 }
        result.settle(overridable: overridable, as: model)
        model = result
        return sweep.removed
    }
}

/// One cleaning of a model.
private struct Sweep {
    let context: PassContext
    let functions: Set<FunctionIdentifier>
    /// Initializers that are inputs as well.
    let kept: Set<String>
    var removed = 0

    /// Cleans bodies first, since what they capture is needed.
    mutating func clean(_ graph: inout Graph) {
        for index in graph.nodes.indices where !graph.nodes[index].subgraphs.isEmpty {
            for place in graph.nodes[index].attributes.indices {
                graph.nodes[index].attributes[place].value =
                    graph.nodes[index].attributes[place].value.mappingSubgraphs { body in
                        var body = body
                        clean(&body)
                        return body
                    }
            }
        }
        let (nodes, constants) = (graph.nodes.count, graph.initializers.count + graph.sparseInitializers.count)
        var needed = Set(graph.outputs.map(\.name))
        var live = [Bool](repeating: false, count: nodes)
        for index in graph.nodes.indices.reversed() where graph.nodes[index].outputs.contains(where: needed.contains) {
            live[index] = true
            needed.formUnion(graph.nodes[index].reads)
        }
        guard graph.isSorted else { return }
        graph.nodes = graph.nodes.indices.filter { live[$0] }.map { graph.nodes[$0] }
        graph.initializers.removeAll { !needed.contains($0.name) && !kept.contains($0.name) }
        graph.sparseInitializers.removeAll { !needed.contains($0.name) && !kept.contains($0.name) }
        removed += nodes - graph.nodes.count
        removed += constants - graph.initializers.count - graph.sparseInitializers.count
        for index in graph.nodes.indices { dropOutputs(of: &graph.nodes[index], needed) }
        let defined = graph.definedNames
        graph.valueInfos.removeAll { !defined.contains($0.name) }
        graph.quantizationAnnotations.removeAll { !defined.contains($0.tensorName) }
    }

    /// Omits trailing optional outputs that nothing reads, where their absence does not change the others.
    private mutating func dropOutputs(of node: inout Node, _ needed: Set<String>) {
        guard node.domain.isEmpty, !functions.contains(node.callee), Self.independent.contains(node.operatorType) else {
            return
        }
        while node.outputs.count > 1, let last = node.outputs.last, !needed.contains(last) {
            node.outputs.removeLast()
            if !last.isEmpty { removed += 1 }
        }
    }

    /// Operators whose trailing outputs are optional and do not change what the first one is.
    private static let independent: Set<String> = [
        "Dropout", "MaxPool", "LayerNormalization", "LSTM", "GRU", "RNN", "Unique",
    ]
}

extension Model {
    /// Removes functions that nothing calls, and returns how many.
    fileprivate mutating func removeUncalledFunctions() -> Int {
        var called: Set<FunctionIdentifier> = []
        var pending = Self.callees(graph.nodes)
        let byName = Dictionary(functions.map { ($0.identifier, $0) }, uniquingKeysWith: { first, _ in first })
        while let next = pending.popFirst() {
            guard let function = byName[next], called.insert(next).inserted else { continue }
            pending.formUnion(Self.callees(function.nodes))
        }
        let before = functions.count
        functions.removeAll { !called.contains($0.identifier) }
        return before - functions.count
    }

    private static func callees(_ nodes: [Node]) -> Set<FunctionIdentifier> {
        var result: Set<FunctionIdentifier> = []
        for node in nodes {
            result.insert(node.callee)
            for graph in node.subgraphs { result.formUnion(callees(graph.nodes)) }
        }
        return result
    }

    /// Drops imports of domains that nothing uses, the standard one excepted, and returns how many.
    fileprivate mutating func removeUnusedImports() -> Int {
        var used: Set<String> = [""]
        Self.collectDomains(graph.nodes, into: &used)
        for function in functions {
            used.insert(function.domain)
            Self.collectDomains(function.nodes, into: &used)
        }
        let unused = Set(opsets.keys).subtracting(used)
        for domain in unused { opsets[domain] = nil }
        return unused.count
    }
}
