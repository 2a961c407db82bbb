public import Graphs
public import Operators
import Records
import Tensors

/// What a model is made of: operators, inputs and outputs, parameters, arithmetic and traffic.
public struct Inspect: Sendable, Encodable {
    /// How often an operator occurs, and its share of the work.
    public struct OperatorLine: Sendable, Encodable {
        /// The operator, with its domain where that is not the standard one.
        public var name: String
        /// How many nodes call it.
        public var nodes: Int
        /// Operations of all its nodes; a multiply-add counts as two.
        public var operations: Double
        /// Bytes its nodes read and write.
        public var bytes: Double
        /// Elements of the constants that its nodes read first.
        public var parameters: Int
    }

    /// An input or output.
    public struct ValueLine: Sendable, Encodable {
        /// Its name.
        public var name: String
        /// Its type in words.
        public var type: String
    }

    /// What the model is called.
    public var name: String
    /// The SHA-256 of the file.
    public var sha256: String
    /// The size of the file in bytes.
    public var bytes: Int64
    /// The version of the file format.
    public var irVersion: Int
    /// The operator sets by domain.
    public var opsets: [String: Int]
    /// The tool that wrote the file.
    public var producer: String
    /// The inputs to feed.
    public var inputs: [ValueLine]
    /// The outputs.
    public var outputs: [ValueLine]
    /// Local functions that the model defines.
    public var functions: [String]
    /// Elements of all floating-point constants.
    public var parameters: Int
    /// Bytes of all constants.
    public var parameterBytes: Int
    /// Operations of one run.
    public var operations: Double
    /// Multiply-adds of one run.
    public var multiplyAdds: Double
    /// True when every node was counted: no extent was open and no operator unknown.
    public var isComplete: Bool
    /// The operators, the most work first.
    public var operators: [OperatorLine]
    /// Every node, where asked for.
    public var nodes: [NodeLine]
    /// Why nothing could be counted, where that is so.
    public var problem: String?

    /// One node.
    public struct NodeLine: Sendable, Encodable {
        /// Its place in the graph.
        public var index: Int
        /// Its name.
        public var name: String
        /// Its operator.
        public var type: String
        /// The types of its outputs.
        public var outputs: String
        /// Its operations.
        public var operations: Double
    }

    /// Inspects a model.
    ///
    /// - Parameter shapes: extents for inputs that the model leaves open; a first extent that stays open counts as 1.
    /// - Throws: `OperatorError` when a given shape does not fit the model.
    public init(
        _ model: Model, model resolved: ResolvedModel, shapes: [String: SymbolicShape], listsNodes: Bool
    ) throws(OperatorError) {
        name = resolved.name
        sha256 = resolved.digest.hex
        bytes = resolved.bytes
        irVersion = model.irVersion
        opsets = model.opsets
        producer = [model.producerName, model.producerVersion].filter { !$0.isEmpty }.joined(separator: " ")
        inputs = model.graph.requiredInputs.map { ValueLine(name: $0.name, type: $0.typeText) }
        outputs = model.graph.outputs.map { ValueLine(name: $0.name, type: $0.typeText) }
        functions = model.functions.map { $0.domain + "::" + $0.name }
        let all = model.shapesForOneItem(given: shapes)
        let typed: TypedModel
        do {
            var inference = ShapeInference()
            inference.foldingLimit = 1 << 12
            typed = try inference.infer(model, shapes: all)
        } catch {
            guard shapes.isEmpty else { throw error }
            typed = TypedModel()
            problem = error.description
        }
        let cost = ModelCost(model, typed)
        parameters = cost.parameters
        parameterBytes = cost.parameterBytes
        operations = cost.total.operations
        multiplyAdds = cost.multiplyAdds
        isComplete = cost.isComplete && problem == nil
        operators = Self.operators(model, cost)
        nodes = listsNodes ? Self.nodes(model, cost, typed) : []
    }

    private static func operators(_ model: Model, _ cost: ModelCost) -> [OperatorLine] {
        var lines: [String: OperatorLine] = [:]
        for node in model.graph.nodes {
            let name = title(node)
            lines[name, default: OperatorLine(name: name, nodes: 0, operations: 0, bytes: 0, parameters: 0)].nodes += 1
        }
        for count in cost.nodes {
            let name = title(model.graph.nodes[count.index])
            lines[name]?.operations += count.work.operations
            lines[name]?.bytes += count.work.bytesRead + count.work.bytesWritten
            lines[name]?.parameters += count.parameters
        }
        return lines.values.sorted { ($1.operations, $1.nodes, $0.name) < ($0.operations, $0.nodes, $1.name) }
    }

    private static func nodes(_ model: Model, _ cost: ModelCost, _ typed: TypedModel) -> [NodeLine] {
        let operations = Dictionary(cost.nodes.map { ($0.index, $0.work.operations) }, uniquingKeysWith: { $1 })
        return model.graph.nodes.enumerated().map { index, node in
            NodeLine(
                index: index, name: node.name, type: title(node),
                outputs: node.outputs.map { ValueInfo($0, typed.type(of: $0)).typeText }.joined(separator: ", "),
                operations: operations[index] ?? 0)
        }
    }

    private static func title(_ node: Node) -> String {
        node.domain.isEmpty || node.domain == "ai.onnx" ? node.operatorType : node.domain + "::" + node.operatorType
    }
}
