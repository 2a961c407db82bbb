import Graphs
import Tensors

/// A graph that is being rewritten: who writes and who reads each value, and which values are fixed.
struct GraphIndex {
    private(set) var graph: Graph
    private var producers: [String: Int] = [:]
    private var readers: [String: [Int]] = [:]
    private var constants: [String: Tensor] = [:]
    private let outputs: Set<String>
    private var replacements: [Int: [Node]] = [:]
    private var names: FreshNames

    init(_ model: Model) {
        graph = model.graph
        outputs = Set(graph.outputs.map(\.name))
        names = FreshNames(model)
        for initializer in graph.initializers { constants[initializer.name] = initializer.tensor }
        for (index, node) in graph.nodes.enumerated() {
            for name in node.outputs where !name.isEmpty { producers[name] = index }
            for name in node.reads { readers[name, default: []].append(index) }
            if node.domain.isEmpty, node.operatorType == "Constant", let output = node.outputs.first,
                case .tensor(let tensor)? = node.attribute("value")
            {
                constants[output] = tensor
            }
        }
    }

    var nodes: [Node] { graph.nodes }

    /// The elements of a value, where the model fixes them.
    func constant(_ name: String) -> Tensor? { constants[name] }

    /// The node that writes a value, if it is a standard operator of one of these names that was not rewritten.
    func producer(_ name: String, _ types: String...) -> (index: Int, node: Node)? {
        guard let index = producers[name], replacements[index] == nil else { return nil }
        let node = graph.nodes[index]
        return node.domain.isEmpty && types.contains(node.operatorType) ? (index, node) : nil
    }

    /// The node that wrote a value in the model as it was given.
    func origin(_ name: String) -> Node? { producers[name].map { graph.nodes[$0] } }

    /// The only reader of a value that is no output, if it is a standard operator of one of these names.
    func reader(_ name: String, _ types: String...) -> (index: Int, node: Node)? {
        guard !outputs.contains(name), let all = readers[name], all.count == 1, replacements[all[0]] == nil else {
            return nil
        }
        let node = graph.nodes[all[0]]
        guard node.domain.isEmpty, types.contains(node.operatorType), node.inputs.contains(name) else { return nil }
        return (all[0], node)
    }

    func isRewritten(_ index: Int) -> Bool { replacements[index] != nil }

    /// Puts nodes in the place of one; none removes it.
    mutating func replace(_ index: Int, by nodes: [Node]) { replacements[index] = nodes }

    /// A name that nothing uses.
    mutating func name(_ base: String) -> String { names.make(base) }

    /// Adds a constant and returns its name.
    mutating func add(_ base: String, _ tensor: Tensor) -> String {
        let name = names.make(base)
        graph.initializers.append(Initializer(name: name, tensor: tensor))
        constants[name] = tensor
        return name
    }

    /// The graph with its replacements, and without what nothing reads any more.
    func rewritten() -> Graph {
        guard !replacements.isEmpty else { return graph }
        var result = graph
        result.nodes = graph.nodes.indices.flatMap { replacements[$0] ?? [graph.nodes[$0]] }
        result.removeUnused()
        return result
    }
}
