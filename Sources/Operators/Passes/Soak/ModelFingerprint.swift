import Graphs
import Tensors

/// What a model computes by which nodes, whatever its values are called and however its nodes are ordered.
///
/// Each value is hashed from the node that writes it and the hashes of what that reads (Merkle 1987). Of large constants
/// some thousand bytes are hashed, which is enough to tell apart the models that passes make of one model.
struct ModelFingerprint: Hashable {
    private let outputs: [Int]
    private let opsets: [String: Int]
    private let irVersion: Int

    init(_ model: Model) {
        opsets = model.opsets
        irVersion = model.irVersion
        var walk = FingerprintWalk(functions: model.functions)
        outputs = walk.outputs(of: model.graph, outer: [:], inputs: model.graph.inputs.map { $0.name.hashValue })
    }

    /// Hashes a constant under a name; of a large one some thousand bytes.
    static func hash(_ tensor: Tensor, _ name: String) -> Int {
        var hasher = Hasher()
        hasher.combine(name)
        hasher.combine(tensor.elementType)
        hasher.combine(tensor.shape)
        guard let bytes = tensor.bytes, bytes.count > 1 << 14 else {
            hasher.combine(tensor)
            return hasher.finalize()
        }
        // An odd step meets every place of an element.
        let step = max(1, bytes.count / 8191) | 1
        for place in stride(from: 0, to: bytes.count, by: step) { hasher.combine(bytes[place]) }
        return hasher.finalize()
    }
}

/// Hashes the values of graphs.
private struct FingerprintWalk {
    private let functions: [FunctionKey: Function]
    private var depth = 0

    init(functions: [Function]) {
        self.functions = Dictionary(functions.map { (FunctionKey($0), $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The hashes of a graph's outputs.
    mutating func outputs(of graph: Graph, outer: [String: Int], inputs: [Int]) -> [Int] {
        var values = outer
        let defaults = Set(graph.inputs.map(\.name))
        for (info, hash) in zip(graph.inputs, inputs) { values[info.name] = hash }
        for initializer in graph.initializers {
            let name = defaults.contains(initializer.name) ? initializer.name : ""
            values[initializer.name] = ModelFingerprint.hash(initializer.tensor, name)
        }
        for sparse in graph.sparseInitializers { values[sparse.name] = sparse.hashValue }
        for node in graph.nodes { hash(node, &values) }
        return graph.outputs.map { values[$0.name] ?? 0 }
    }

    private mutating func hash(_ node: Node, _ values: inout [String: Int]) {
        var hasher = Hasher()
        hasher.combine(node.callee)
        for input in node.inputs { hasher.combine(input.isEmpty ? 0 : values[input] ?? 1) }
        if let function = functions[FunctionKey(node)], depth < 32 {
            depth += 1
            let body = Graph(
                nodes: function.nodes, inputs: function.inputs.map { ValueInfo($0) },
                outputs: function.outputs.map { ValueInfo($0) })
            hasher.combine(outputs(of: body, outer: [:], inputs: Array(function.inputs.indices)))
            depth -= 1
        }
        for attribute in node.attributes.sorted(by: { $0.name < $1.name }) {
            hasher.combine(attribute.name)
            switch attribute.value {
            case .graph(let body):
                hasher.combine(outputs(of: body, outer: values, inputs: Array(body.inputs.indices)))
            case .tensor(let tensor): hasher.combine(ModelFingerprint.hash(tensor, ""))
            default: hasher.combine(attribute.value)
            }
        }
        for (place, name) in node.outputs.enumerated() where !name.isEmpty {
            var own = hasher
            own.combine(place)
            values[name] = own.finalize()
        }
    }
}
