public import Tensors

extension Graph {
    /// The constant of a name.
    public func initializer(_ name: String) -> Tensor? { initializers.first { $0.name == name }?.tensor }

    /// What the graph says of a value's type: as input, output, constant or inner value.
    public func type(of value: String) -> ValueType? {
        for infos in [inputs, outputs, valueInfos] {
            if let type = infos.first(where: { $0.name == value })?.type { return type }
        }
        if let tensor = initializer(value) { return .tensor(tensor.elementType, SymbolicShape(tensor.shape)) }
        return sparseInitializers.first { $0.name == value }.map {
            .sparseTensor($0.values.elementType, SymbolicShape($0.shape))
        }
    }

    /// Puts another constant in an initializer's place.
    ///
    /// - Throws: `GraphError` when there is no such initializer.
    public mutating func replaceInitializer(_ name: String, with tensor: Tensor) throws(GraphError) {
        guard let index = initializers.firstIndex(where: { $0.name == name }) else {
            throw GraphError(
                .undefinedValue, subject: "graph '\(self.name)'", reason: "it has no initializer '\(name)'",
                remedy: Suggestion.sentence(for: name, among: Set(initializers.map(\.name))))
        }
        initializers[index].tensor = tensor
    }

    /// Makes a value an output too, so that it can be seen; nothing happens when it is one already.
    ///
    /// - Parameter type: its type; what the graph says when `nil`, and none when it says nothing.
    /// - Throws: `GraphError` when there is no such value.
    public mutating func addOutput(_ value: String, type: ValueType? = nil) throws(GraphError) {
        guard !outputs.contains(where: { $0.name == value }) else { return }
        guard definedNames.contains(value) else { throw missing(value) }
        outputs.append(ValueInfo(value, type ?? self.type(of: value)))
        valueInfos.removeAll { $0.name == value }
    }

    /// Takes initializers off the list of inputs, where IR version 3 wanted them; engines fold only what is no input.
    public mutating func removeInitializersFromInputs() {
        let constants = Set(initializers.map(\.name)).union(sparseInitializers.map(\.name))
        inputs.removeAll { constants.contains($0.name) }
    }

    /// Inserts nodes between a value and all that read it; the names of the graph's inputs and outputs stay.
    ///
    /// Everything that read the value, subgraphs too, reads the result instead. When the value is an output of the graph,
    /// the result takes its name and the value gets a new one.
    ///
    /// - Parameters:
    ///   - value: what is intercepted: a node's result, an input or an initializer.
    ///   - names: where new names come from.
    ///   - make: makes the nodes, given the value to read and the name of the result they must define.
    /// - Returns: the name of the result.
    /// - Throws: `GraphError` when there is no such value, or it is an input or initializer that is an output as well.
    @discardableResult
    public mutating func insert(
        after value: String, names: inout FreshNames, _ make: (_ input: String, _ output: String) -> [Node]
    ) throws(GraphError) -> String {
        guard definedNames.contains(value) else { throw missing(value) }
        let producer = nodes.firstIndex { $0.outputs.contains(value) }
        guard outputs.contains(where: { $0.name == value }) else {
            let result = names.make("\(value)_after")
            nodes = nodes.map { $0.renamingReads([value: result]) }
            nodes.insert(contentsOf: make(value, result), at: producer.map { $0 + 1 } ?? 0)
            return result
        }
        guard let producer else {
            throw GraphError(
                .invalidNode, subject: "graph '\(name)'",
                reason: "'\(value)' is an output and no node defines it, so nothing can stand between")
        }
        let before = names.make("\(value)_before")
        nodes[producer].outputs = nodes[producer].outputs.map { $0 == value ? before : $0 }
        nodes.insert(contentsOf: make(before, value), at: producer + 1)
        return value
    }

    /// Puts the nodes in an order in which each follows those it reads from, changing as little as can be.
    ///
    /// - Throws: `GraphError` of code `cycle`.
    public mutating func sortNodes() throws(GraphError) {
        let order = NodeOrder(nodes)
        guard let sorted = order.sorted() else {
            let names = (order.cycle() ?? []).map { nodes[$0].label($0) }.joined(separator: " → ")
            throw GraphError(.cycle, subject: "graph '\(name)'", reason: "nodes read each other's results: \(names)")
        }
        nodes = sorted.map { nodes[$0] }
    }
}

extension Node {
    /// The node with the values it reads renamed, and those it writes kept.
    fileprivate func renamingReads(_ names: [String: String]) -> Node {
        var node = renaming(names)
        node.outputs = outputs
        return node
    }
}
