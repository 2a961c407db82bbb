import Tensors

/// Walks a model and collects what is wrong with it.
struct Validator {
    static let maximumDepth = 64

    let model: Model
    let limit: Int
    private(set) var problems: [GraphError] = []

    init(model: Model, limit: Int) {
        self.model = model
        self.limit = limit
    }

    /// What the names and domains around a list of nodes mean.
    struct Scope {
        /// Names that the scopes around define.
        var visible: Set<String> = []
        var opsets: [String: Int]
        /// The attributes that a function declares; `nil` outside functions.
        var functionAttributes: Set<String>?
        var depth = 0
    }

    var isFull: Bool { problems.count >= limit }

    /// What is wrong is put into words only where something is: most models are right.
    mutating func report(
        _ code: GraphError.Code, _ subject: @autoclosure () -> String, _ reason: @autoclosure () -> String,
        _ remedy: @autoclosure () -> String = ""
    ) {
        if !isFull { problems.append(GraphError(code, subject: subject(), reason: reason(), remedy: remedy())) }
    }

    mutating func visitModel() {
        visitFunctions()
        visit(model.graph, path: "graph '\(model.graph.name)'", scope: Scope(opsets: model.opsets))
    }

    /// One graph: its definitions, its nodes in order, its outputs.
    mutating func visit(_ graph: Graph, path: String, scope: Scope) {
        guard scope.depth < Validator.maximumDepth else {
            return report(.tooDeep, path, "subgraphs are nested more than \(Validator.maximumDepth) deep")
        }
        var defined: Set<String> = []
        for input in graph.inputs {
            if input.name.isEmpty { report(.undefinedValue, path, "an input has no name") }
            if !defined.insert(input.name).inserted {
                report(.duplicateDefinition, path, "input '\(input.name)' stands twice")
            }
        }
        visitConstants(graph, path: path, defined: &defined)
        for info in graph.inputs + graph.outputs + graph.valueInfos { visit(info, path: path) }
        visit(graph.nodes, path: path, defined: &defined, scope: scope)
        for output in graph.outputs
        where !defined.contains(output.name) && !scope.visible.contains(output.name) {
            report(.undefinedValue, path, "output '\(output.name)' is not defined by any node, input or initializer")
        }
    }

    private mutating func visitConstants(_ graph: Graph, path: String, defined: inout Set<String>) {
        var constants: Set<String> = []
        for name in graph.initializers.map(\.name) + graph.sparseInitializers.map(\.name) {
            if name.isEmpty { report(.undefinedValue, path, "an initializer has no name") }
            if !constants.insert(name).inserted {
                report(.duplicateDefinition, path, "initializer '\(name)' stands twice")
            }
        }
        defined.formUnion(constants)
        for sparse in graph.sparseInitializers {
            if let reason = sparse.inconsistency {
                report(.invalidTensor, "\(path), sparse initializer '\(sparse.name)'", reason)
            }
        }
    }

    /// Nodes in order; `defined` grows by what they define.
    mutating func visit(_ nodes: [Node], path: String, defined: inout Set<String>, scope: Scope) {
        let producers = visitDefinitions(nodes, path: path, defined: defined)
        var reportedCycle = false
        for (index, node) in nodes.enumerated() {
            guard !isFull else { return }
            let place = Place(node: node, index: index, path: path)
            visitHead(node, place: place, scope: scope)
            for name in node.reads where !defined.contains(name) && !scope.visible.contains(name) {
                guard let producer = producers[name] else {
                    report(.undefinedValue, place.text, "it reads '\(name)', which nothing defines")
                    continue
                }
                if !reportedCycle, let cycle = NodeOrder(nodes).cycle() {
                    reportedCycle = true
                    let names = cycle.map { nodes[$0].label($0) }.joined(separator: " → ")
                    report(.cycle, path, "nodes read each other's results in a circle: \(names)")
                } else if !reportedCycle {
                    report(
                        .notSorted, place.text,
                        "it reads '\(name)', which \(nodes[producer].label(producer)) defines only later",
                        "sort the nodes so that each follows those it reads from")
                }
            }
            var inner = scope
            inner.depth += 1
            if !node.subgraphs.isEmpty { inner.visible.formUnion(defined) }
            visitAttributes(node, place: place, scope: inner)
            defined.formUnion(node.outputs)
            defined.remove("")
        }
    }

    /// Reports names defined twice; returns the node that defines each name first.
    private mutating func visitDefinitions(_ nodes: [Node], path: String, defined: Set<String>) -> [String: Int] {
        var producers: [String: Int] = [:]
        for (index, node) in nodes.enumerated() {
            for output in node.outputs where !output.isEmpty {
                if let other = producers[output] {
                    report(
                        .duplicateDefinition, node.place(index, in: path),
                        "it defines '\(output)', which \(nodes[other].label(other)) defines already")
                } else if defined.contains(output) {
                    report(
                        .duplicateDefinition, node.place(index, in: path),
                        "it defines '\(output)', which is an input or initializer already")
                } else {
                    producers[output] = index
                }
            }
        }
        return producers
    }

    /// Where a node stands.
    private struct Place {
        let node: Node
        let index: Int
        let path: String

        var text: String { node.place(index, in: path) }
    }

    private mutating func visitHead(_ node: Node, place: Place, scope: Scope) {
        if node.operatorType.isEmpty { report(.invalidNode, place.text, "it has no operator type") }
        if node.inputs.isEmpty && node.outputs.isEmpty {
            report(.invalidNode, place.text, "it has neither inputs nor outputs")
        }
        if scope.opsets[node.domain] == nil && !(node.domain.isEmpty && model.irVersion < 3) {
            report(
                .missingOpset, place.text, "no operator set of domain '\(node.domain)' is imported",
                "add the domain to the opset imports")
        }
    }

    private mutating func visitAttributes(_ node: Node, place: Place, scope: Scope) {
        var names: Set<String> = []
        for attribute in node.attributes {
            var here: String { "\(place.text), attribute '\(attribute.name)'" }
            if attribute.name.isEmpty { report(.invalidAttribute, place.text, "an attribute has no name") }
            if !names.insert(attribute.name).inserted { report(.invalidAttribute, here, "it stands twice") }
            switch attribute.value {
            case .reference(let target, _):
                if let declared = scope.functionAttributes, !declared.contains(target) {
                    report(.invalidAttribute, here, "it refers to '\(target)', which its function does not declare")
                } else if scope.functionAttributes == nil {
                    report(.invalidAttribute, here, "it refers to an attribute of a function and is in none")
                }
            case .sparseTensor(let sparse):
                if let reason = sparse.inconsistency { report(.invalidTensor, here, reason) }
            case .sparseTensors(let all):
                for sparse in all { if let reason = sparse.inconsistency { report(.invalidTensor, here, reason) } }
            default:
                for graph in attribute.value.subgraphs { visit(graph, path: here, scope: scope) }
            }
        }
    }

    private mutating func visit(_ info: ValueInfo, path: String) {
        switch info.type {
        case .tensor(let element, let shape?), .sparseTensor(let element, let shape?):
            let fixed = Shape(shape.dimensions.map { $0.value ?? 1 })
            guard let count = fixed.checkedElementCount, element.byteCount(of: count) != nil else {
                return report(.invalidShape, "\(path), value '\(info.name)'", "no memory can hold the shape \(fixed)")
            }
        default: break
        }
    }
}
