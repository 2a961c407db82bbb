/// Replaces calls by bodies.
struct Inliner {
    private let functions: [FunctionIdentifier: Function]
    private let limits: InliningLimits
    private var names: FreshNames
    private var nodeCount = 0
    private var nameBytes = 0
    /// The operator sets of what is inlined into; grows by what bodies bring.
    var opsets: [String: Int]

    init(functions: [Function], opsets: [String: Int], names: FreshNames, limits: InliningLimits) {
        self.functions = Dictionary(functions.map { ($0.identifier, $0) }) { first, _ in first }
        self.opsets = opsets
        self.names = names
        self.limits = limits
    }

    mutating func inline(_ graph: Graph, path: String, depth: Int) throws(GraphError) -> Graph {
        var result = graph
        result.nodes = try inline(graph.nodes, path: path, depth: depth)
        return result
    }

    mutating func inline(_ nodes: [Node], path: String, depth: Int) throws(GraphError) -> [Node] {
        var result: [Node] = []
        result.reserveCapacity(nodes.count)
        for (index, node) in nodes.enumerated() {
            let place = node.place(index, in: path)
            guard depth <= limits.maximumDepth else {
                throw GraphError(
                    .tooDeep, subject: place,
                    reason: "functions and subgraphs nest more than \(limits.maximumDepth) deep")
            }
            var node = node
            for attribute in node.attributes.indices where !node.attributes[attribute].value.subgraphs.isEmpty {
                node.attributes[attribute].value = try node.attributes[attribute].value.mappingSubgraphs {
                    (graph) throws(GraphError) in try inline(graph, path: place, depth: depth + 1)
                }
            }
            try count(at: place)
            guard let function = functions[node.callee] else {
                result.append(node)
                continue
            }
            let body = try instantiate(function, for: node, place: place)
            result += try inline(body, path: "\(place), function \(function.identifier)", depth: depth + 1)
        }
        return result
    }

    private mutating func count(at place: String) throws(GraphError) {
        nodeCount += 1
        guard nodeCount <= limits.maximumNodes else {
            throw GraphError(.tooLarge, subject: place, reason: "inlining makes more than \(limits.maximumNodes) nodes")
        }
    }

    /// The body of a function with the caller's values and attributes in it.
    private mutating func instantiate(_ function: Function, for call: Node, place: String) throws(GraphError) -> [Node]
    {
        try checkCall(function, call, place: place)
        try checkOpsets(function, place: place)
        let prefix = call.name.isEmpty ? function.name : call.name
        var values: [String: String] = [:]
        for (index, input) in function.inputs.enumerated() {
            values[input] = index < call.inputs.count ? call.inputs[index] : ""
        }
        var passedThrough: [(input: String, output: String)] = []
        for (index, output) in function.outputs.enumerated() {
            let target = index < call.outputs.count ? call.outputs[index] : ""
            if values[output] != nil {
                if !target.isEmpty { passedThrough.append((output, target)) }
            } else if !target.isEmpty {
                values[output] = target
            }
        }
        var attributes: [String: AttributeValue] = [:]
        for attribute in function.defaultAttributes { attributes[attribute.name] = attribute.value }
        for attribute in call.attributes { attributes[attribute.name] = attribute.value }
        var body = Instantiation(values: values, attributes: attributes, prefix: prefix)
        var nodes: [Node] = []
        for node in function.nodes {
            nodes.append(body.instantiate(node, names: &names))
            nameBytes += prefix.utf8.count + node.outputs.reduce(node.name.utf8.count) { $0 + $1.utf8.count }
            guard nameBytes <= limits.maximumNameBytes else {
                throw GraphError(
                    .tooLarge, subject: place, reason: "names take more than \(limits.maximumNameBytes) bytes")
            }
        }
        for (input, output) in passedThrough {
            guard let source = body.values[input], !source.isEmpty else {
                throw GraphError(
                    .invalidFunction, subject: place,
                    reason: "\(function.identifier) passes on its input '\(input)', which the call leaves out")
            }
            nodes.append(Node("Identity", inputs: [source], outputs: [output], name: names.make("\(prefix)/\(input)")))
        }
        return nodes
    }

    private func checkCall(_ function: Function, _ call: Node, place: String) throws(GraphError) {
        guard call.inputs.count <= function.inputs.count, call.outputs.count <= function.outputs.count else {
            throw GraphError(
                .invalidFunction, subject: place,
                reason:
                    "\(function.identifier) takes \(function.inputs.count) inputs and gives \(function.outputs.count) "
                    + "outputs; the call has \(call.inputs.count) and \(call.outputs.count)")
        }
        for name in function.requiredAttributes where call.attribute(name) == nil {
            throw GraphError(
                .invalidFunction, subject: place, reason: "\(function.identifier) requires attribute '\(name)'")
        }
    }

    /// A body may be moved only where its operators mean the same.
    private mutating func checkOpsets(_ function: Function, place: String) throws(GraphError) {
        var used: Set<String> = []
        Model.collectDomains(function.nodes, into: &used)
        for domain in used.sorted() {
            guard let version = function.opsets[domain] else {
                throw GraphError(
                    .missingOpset, subject: "function \(function.identifier)",
                    reason: "it uses domain '\(domain)' and does not import it")
            }
            if let present = opsets[domain], present != version {
                throw GraphError(
                    .opsetMismatch, subject: place,
                    reason: "\(function.identifier) is written against version \(version) of domain '\(domain)', "
                        + "its caller against \(present)",
                    remedy: "convert one of them first")
            }
            opsets[domain] = version
        }
    }
}
