import Graphs
import Tensors

/// One list of nodes that a pass rewrites: the main graph, a body of control flow, or a local function.
///
/// Nodes are addressed by index; an index stays valid while the region is edited. New nodes are appended and find their
/// place when the region is finished. A name keeps its value: a node that computes something else writes a new name.
struct Region {
    /// What the nodes are part of.
    enum Kind: Sendable { case main, body, function, functionBody }

    /// What the nodes are part of.
    let kind: Kind
    /// The operator sets that the nodes are written against.
    let opsets: [String: Int]
    /// What is known of values that stood in the region when the pass began.
    let facts: RegionFacts
    /// What the regions of one application share.
    private(set) var shared: RegionShared
    /// Inputs whose defaults a caller may replace.
    let overridable: Set<String>
    /// The nodes, removed ones included.
    private(set) var nodes: [Node]
    /// The names of the region's outputs.
    let outputNames: Set<String>
    /// How many places were rewritten.
    private(set) var rewrites = 0

    private var graph: Graph
    private var isRemoved: [Bool]
    private var hasReferences: [Bool]
    private let originalCount: Int
    private var producers: [String: Int] = [:]
    private var readers: [String: [Int]] = [:]
    private var constants: [String: Tensor] = [:]
    /// Values that may be unread once the present edits are done.
    private var pendingPrunes: [String]?
    private var types: [String: ValueType] = [:]

    init(
        _ graph: Graph, kind: Kind, opsets: [String: Int], facts: RegionFacts, overridable: Set<String>,
        shared: RegionShared
    ) {
        self.graph = graph
        self.kind = kind
        self.opsets = opsets
        self.facts = facts
        self.overridable = overridable
        self.shared = shared
        nodes = graph.nodes
        originalCount = nodes.count
        outputNames = Set(graph.outputs.map(\.name))
        isRemoved = [Bool](repeating: false, count: nodes.count)
        hasReferences = nodes.map(\.hasReferences)
        for index in nodes.indices { register(index) }
    }

    /// The same region for another application.
    func shared(by other: RegionShared) -> Region {
        var region = self
        region.shared = other
        return region
    }

    /// The version of the standard operator set.
    var opset: Int { max(opsets[""] ?? 1, kind == .main || kind == .body ? shared.raisedOpset ?? 0 : 0) }

    /// The indices of the nodes that stand, new ones last.
    var indices: [Int] { nodes.indices.filter { !isRemoved[$0] } }

    /// The inputs of the region.
    var inputs: [ValueInfo] { graph.inputs }

    /// The initializers of the region.
    var initializers: [Initializer] { graph.initializers }

    /// True where the region may hold initializers; a function's constants are nodes.
    var holdsInitializers: Bool { kind != .function }

    // MARK: What there is

    /// True where a node stands.
    func stands(_ index: Int) -> Bool { nodes.indices.contains(index) && !isRemoved[index] }

    /// The node, where it stands and is a call of a standard operator all of whose attributes are known; of the given
    /// types, where any are.
    func call(_ index: Int, _ types: String...) -> Node? { call(index, among: types) }

    /// The node, where it stands and is such a call.
    func call(_ index: Int, among types: [String]) -> Node? {
        guard stands(index), !hasReferences[index],
            types.isEmpty || types.contains(nodes[index].operatorType)
        else { return nil }
        let node = nodes[index]
        // Before version 7 operators did not stretch their operands by numpy's rules.
        guard opset >= 7 || node.operatorType == "Identity" else { return nil }
        guard node.domain.isEmpty, node.overload.isEmpty,
            shared.functions.isEmpty || shared.functions[FunctionKey(node)] == nil
        else { return nil }
        return node
    }

    /// The node that writes a value.
    func producer(of name: String) -> Int? { producers[name] }

    /// The call that writes a value as its first output.
    func producer(of name: String, _ types: String...) -> (index: Int, node: Node)? {
        guard let index = producers[name], let node = call(index, among: types), node.outputs.first == name else {
            return nil
        }
        return (index, node)
    }

    /// The nodes that read a value, a node once for each time it does.
    func readers(of name: String) -> [Int] { readers[name] ?? [] }

    /// How often a value is read, an output of the region counted as a reader.
    func useCount(_ name: String) -> Int { (readers[name]?.count ?? 0) + (outputNames.contains(name) ? 1 : 0) }

    /// True where a value is read once, by a node.
    func isReadOnce(_ name: String) -> Bool { !outputNames.contains(name) && readers[name]?.count == 1 }

    /// The call that alone reads a value, once.
    func onlyReader(of name: String, _ types: String...) -> (index: Int, node: Node)? {
        guard isReadOnce(name), let index = readers[name]?.first, let node = call(index, among: types),
            node.inputs.contains(name)
        else { return nil }
        return (index, node)
    }

    /// The value, where it does not depend on what is fed.
    func constant(_ name: String) -> Tensor? { constants[name] ?? (name.isEmpty ? nil : facts[name]?.constant) }

    /// The type, as far as it is known.
    func type(_ name: String) -> ValueType? { types[name] ?? facts[name]?.type }

    /// The element type of a tensor, where it is known.
    func elementType(_ name: String) -> ElementType? {
        if case .tensor(let element, _)? = type(name) { element } else { nil }
    }

    /// The extents of a tensor, where at least its rank is known.
    func shape(_ name: String) -> SymbolicShape? {
        if case .tensor(_, let shape)? = type(name) { shape?.withoutPlaceholders } else { nil }
    }

    /// The shape of a tensor, where every extent is fixed.
    func fixedShape(_ name: String) -> Shape? { shape(name)?.shape }

    // MARK: Edits

    /// Counts one place as rewritten.
    mutating func noteRewrite() { rewrites += 1 }

    /// Puts another node in a node's place; what only the old one read goes.
    mutating func replace(_ index: Int, by node: Node) {
        let dropped = nodes[index].inputs
        unregister(index)
        nodes[index] = node
        hasReferences[index] = node.hasReferences
        register(index)
        if let pending = pendingPrunes {
            pendingPrunes = pending + dropped
        } else {
            for name in dropped { prune(name) }
        }
    }

    /// Makes several edits of which some leave unread what the next ones read again.
    mutating func editing(_ edits: (inout Region) -> Void) {
        pendingPrunes = []
        edits(&self)
        let dropped = pendingPrunes ?? []
        pendingPrunes = nil
        for name in dropped { prune(name) }
    }

    /// Removes what computes a value, as far as nothing reads it any more.
    private mutating func prune(_ name: String) {
        guard !name.isEmpty, let index = producers[name], nodes[index].subgraphs.isEmpty,
            nodes[index].outputs.allSatisfy({ useCount($0) == 0 })
        else { return }
        removeWithInputs(index)
    }

    /// Removes a node, and what only it read.
    private mutating func removeWithInputs(_ index: Int) {
        guard stands(index) else { return }
        let inputs = nodes[index].inputs
        remove(index)
        for name in inputs { prune(name) }
    }

    /// Removes a node.
    mutating func remove(_ index: Int) {
        guard stands(index) else { return }
        unregister(index)
        isRemoved[index] = true
    }

    /// Adds a node; it finds its place when the region is finished.
    ///
    /// - Returns: its index.
    @discardableResult
    mutating func add(_ node: Node) -> Int {
        nodes.append(node)
        isRemoved.append(false)
        hasReferences.append(node.hasReferences)
        register(nodes.count - 1)
        return nodes.count - 1
    }

    /// Adds a call with one output and returns the name of that; the type, where the caller knows it, is kept.
    mutating func add(
        _ operatorType: String, _ inputs: [String], _ attributes: [Attribute] = [], base: String,
        type: ValueType? = nil
    ) -> String {
        let output = fresh(base)
        add(Node(operatorType, inputs: inputs, outputs: [output], attributes: attributes, name: output))
        if let type { types[output] = type }
        return output
    }

    /// A name that nothing in the model uses.
    func fresh(_ base: String) -> String { shared.fresh(base) }

    /// Adds a constant, in the form that the region can hold, and returns its name.
    mutating func addConstant(_ tensor: Tensor, base: String) -> String {
        let name = fresh(base)
        if holdsInitializers {
            graph.initializers.append(Initializer(name: name, tensor: tensor))
        } else {
            add(Node.constant(tensor, output: name))
        }
        constants[name] = tensor
        types[name] = .tensor(tensor.elementType, SymbolicShape(tensor.shape))
        return name
    }

    /// Turns the results of a node into constants; the node goes.
    mutating func fold(_ index: Int, _ results: [(name: String, tensor: Tensor)]) {
        removeWithInputs(index)
        for (name, tensor) in results {
            // Engines differ in whether an output may be an initializer.
            if holdsInitializers, !outputNames.contains(name) {
                graph.initializers.append(Initializer(name: name, tensor: tensor))
            } else {
                add(Node.constant(tensor, output: name))
            }
            constants[name] = tensor
        }
    }

    /// Removes initializers.
    mutating func removeInitializers(_ names: Set<String>) {
        graph.initializers.removeAll { names.contains($0.name) }
        graph.sparseInitializers.removeAll { names.contains($0.name) }
    }

    /// Adds initializers and descriptions that come from elsewhere, under names that are free.
    mutating func adopt(_ initializers: [Initializer]) {
        for initializer in initializers {
            if holdsInitializers {
                graph.initializers.append(initializer)
            } else {
                add(Node.constant(initializer.tensor, output: initializer.name))
            }
            constants[initializer.name] = initializer.tensor
        }
    }

    /// Lets all nodes that read one value read another of the same content.
    ///
    /// - Returns: false, with nothing changed, where a body defines the new name for itself.
    mutating func redirect(_ old: String, to new: String) -> Bool {
        let affected = Set(readers(of: old))
        guard affected.allSatisfy({ !nodes[$0].hides(new) }) else { return false }
        for index in affected {
            var node = nodes[index].renaming([old: new])
            node.outputs = nodes[index].outputs
            replace(index, by: node)
        }
        return true
    }

    /// Removes a node whose only wanted result equals a value that is there already.
    ///
    /// Where the result is an output of the region, the node that computes the value takes over its name.
    ///
    /// - Returns: false, with nothing changed, where that cannot be.
    mutating func substitute(_ index: Int, result: String, by value: String) -> Bool {
        guard result != value, !value.isEmpty else { return false }
        guard outputNames.contains(result) else {
            guard redirect(result, to: value) else { return false }
            removeWithInputs(index)
            return true
        }
        guard let producer = producers[value], producer != index, !outputNames.contains(value),
            nodes[producer].outputs.count(where: { $0 == value }) == 1,
            readers(of: value).allSatisfy({ !nodes[$0].hides(result) })
        else { return false }
        // Whatever read the value reads the result, which the producer now writes.
        let readersOfValue = Set(readers(of: value)).subtracting([index])
        let dropped = nodes[index].inputs
        remove(index)
        var node = nodes[producer]
        node.outputs = node.outputs.map { $0 == value ? result : $0 }
        replace(producer, by: node)
        for reader in readersOfValue {
            var node = nodes[reader].renaming([value: result])
            node.outputs = nodes[reader].outputs
            replace(reader, by: node)
        }
        types[result] = type(value)
        graph.renameAnnotation(of: value, to: result)
        for name in dropped { prune(name) }
        return true
    }

    /// True where a node of a newer operator set may be written; the model's version is raised where it must be.
    func allows(_ opset: Int) -> Bool {
        if self.opset >= opset { return true }
        return (kind == .main || kind == .body) && shared.raise(to: opset)
    }

    // MARK: The result

    /// The region as a graph again, sorted; `nil` where nodes would read each other in a circle.
    func finished() -> Graph? {
        var result = graph
        result.nodes = indices.map { nodes[$0] }
        if nodes.count > originalCount || !result.isSorted {
            do { try result.sortNodes() } catch { return nil }
        }
        let defined = result.definedNames
        result.valueInfos.removeAll { !defined.contains($0.name) || outputNames.contains($0.name) }
        result.quantizationAnnotations.removeAll { !defined.contains($0.tensorName) }
        return result
    }

    private mutating func register(_ index: Int) {
        for name in nodes[index].outputs where !name.isEmpty { producers[name] = index }
        for name in nodes[index].reads { readers[name, default: []].append(index) }
    }

    private mutating func unregister(_ index: Int) {
        for name in nodes[index].outputs where producers[name] == index { producers[name] = nil }
        for name in nodes[index].reads {
            guard var list = readers[name], let place = list.firstIndex(of: index) else { continue }
            list.remove(at: place)
            readers[name] = list
        }
    }
}

extension Node {
    /// A node that gives a constant.
    static func constant(_ tensor: Tensor, output: String) -> Node {
        Node("Constant", inputs: [], outputs: [output], attributes: [Attribute("value", .tensor(tensor))], name: output)
    }

    /// True where a body of the node defines a name for itself, so that it does not see one from outside.
    fileprivate func hides(_ name: String) -> Bool { subgraphs.contains { $0.allNames.contains(name) } }
}

extension Graph {
    /// True where each node follows those it reads from.
    var isSorted: Bool {
        var pending = Set(nodes.flatMap(\.outputs))
        pending.remove("")
        for node in nodes {
            if node.reads.contains(where: pending.contains) { return false }
            for name in node.outputs { pending.remove(name) }
        }
        return true
    }

    fileprivate mutating func renameAnnotation(of old: String, to new: String) {
        for index in quantizationAnnotations.indices where quantizationAnnotations[index].tensorName == old {
            quantizationAnnotations[index].tensorName = new
        }
    }
}

extension ValueType {
    /// The type with extents unknown that are named `?`.
    var withoutPlaceholders: ValueType {
        if case .tensor(let element, let shape?) = self { .tensor(element, shape.withoutPlaceholders) } else { self }
    }
}
