/// One copy of a function's body in the making.
struct Instantiation {
    /// What each name of the body is called in the copy.
    private(set) var values: [String: String]
    /// The caller's attributes over the function's defaults.
    let attributes: [String: AttributeValue]
    /// What new names start with.
    let prefix: String

    init(values: [String: String], attributes: [String: AttributeValue], prefix: String) {
        self.values = values
        self.attributes = attributes
        self.prefix = prefix
    }

    /// A node of the copy; values that the caller passes in attributes keep their names, since they are the caller's.
    mutating func instantiate(_ node: Node, names: inout FreshNames) -> Node {
        var copy = node
        if !node.name.isEmpty { copy.name = names.make("\(prefix)/\(node.name)") }
        copy.inputs = node.inputs.map { $0.isEmpty ? "" : values[$0] ?? $0 }
        copy.outputs = node.outputs.map { define($0, names: &names) }
        copy.attributes = node.attributes.compactMap { attribute in
            var attribute = attribute
            if case .reference(let target, _) = attribute.value {
                guard let value = attributes[target] else { return nil }
                attribute.value = value
            } else {
                attribute.value = attribute.value.mappingSubgraphs { instantiate($0, names: &names) }
            }
            return attribute
        }
        return copy
    }

    private mutating func instantiate(_ graph: Graph, names: inout FreshNames) -> Graph {
        // What a subgraph defines is seen in it alone.
        let outer = values
        defer { values = outer }
        for name in graph.definedNames.sorted() { values[name] = names.make("\(prefix)/\(name)") }
        var copy = graph
        copy.nodes = graph.nodes.map { instantiate($0, names: &names) }
        var interface = graph
        interface.nodes = []
        let renamed = interface.renaming(values)
        copy.inputs = renamed.inputs
        copy.outputs = renamed.outputs
        copy.valueInfos = renamed.valueInfos
        copy.initializers = renamed.initializers
        copy.sparseInitializers = renamed.sparseInitializers
        copy.quantizationAnnotations = renamed.quantizationAnnotations
        return copy
    }

    private mutating func define(_ name: String, names: inout FreshNames) -> String {
        guard !name.isEmpty else { return "" }
        if let known = values[name] { return known }
        let fresh = names.make("\(prefix)/\(name)")
        values[name] = fresh
        return fresh
    }
}
