import Graphs

/// Replaces the attribute references in the body of a function by what one call gives.
struct AttributeBinding {
    let function: Function
    let call: Node
    let path: String

    /// The nodes of the body with every reference replaced, or dropped where neither call nor function gives a value.
    func bound() throws(OperatorError) -> [Node] {
        for name in function.requiredAttributes where call.attribute(name) == nil {
            throw OperatorError(.attribute, subject: path, reason: "attribute '\(name)' is missing")
        }
        return function.nodes.map(bound)
    }

    private func bound(_ node: Node) -> Node {
        var node = node
        node.attributes = node.attributes.compactMap { attribute in
            var attribute = attribute
            switch attribute.value {
            case .reference(let name, _):
                guard
                    let value = call.attribute(name)
                        ?? function.defaultAttributes.first(where: { $0.name == name })?.value
                else { return nil }
                attribute.value = value
            case .graph(let graph): attribute.value = .graph(bound(graph))
            case .graphs(let graphs): attribute.value = .graphs(graphs.map(bound))
            default: break
            }
            return attribute
        }
        return node
    }

    private func bound(_ graph: Graph) -> Graph {
        var graph = graph
        graph.nodes = graph.nodes.map(bound)
        return graph
    }
}
