public import Graphs
public import Tensors

/// A call as far as it is known before it runs: the node, the operator-set version, and what is known of its inputs.
public struct CallSite: Sendable {
    /// One input as far as it is known.
    public struct Operand: Sendable {
        /// The type, where known.
        public var type: ValueType?
        /// The value, where it is constant.
        public var constant: Tensor?
        /// The elements of a small integer vector, where some are known: what `Shape` of a partly known shape gives.
        public var elements: [Dimension]?

        /// Makes an operand.
        public init(type: ValueType?, constant: Tensor? = nil, elements: [Dimension]? = nil) {
            self.type = type
            self.constant = constant
            self.elements = elements
        }
    }

    /// The node.
    public var node: Node
    /// The version of the operator set of the node's domain.
    public var opset: Int
    /// Where the node stands, for messages: `graph main, node 3 'conv1' (Conv)`.
    public var path: String
    /// The inputs in order; `nil` where an optional input is omitted.
    public var operands: [Operand?]
    /// Infers the output types of the body graph that an attribute holds; given by the caller of `inferTypes`.
    public var inferBody: BodyInference?

    /// Infers the output types of the body graph held by the attribute of a name from the types of its inputs and what
    /// its outer scope knows.
    public typealias BodyInference =
        @Sendable (_ attribute: String, _ inputs: [ValueType?]) throws(OperatorError) -> [ValueType?]

    /// The version of the standard operator set around the call, where that is known and the node's domain is another.
    var standardOpset: Int?

    /// The version of the standard operator set that bodies and gradients of the call are written against.
    var bodyOpset: Int { max(node.domain.isEmpty || node.domain == "ai.onnx" ? opset : standardOpset ?? 18, 9) }

    /// Bodies of the node that are ready to run, where the operator is composite; given by the interpreter.
    var programs: CompositePrograms?

    /// Infers all that can be known of the body graph that an attribute holds; given by the inference.
    var typeBody: BodyTyping?

    /// Infers the facts of a body graph from the types of its inputs.
    typealias BodyTyping = @Sendable (_ attribute: String, _ inputs: [ValueType?]) throws(OperatorError) -> TypedModel

    /// Makes a call site.
    public init(
        node: Node, opset: Int, path: String = "", operands: [Operand?], inferBody: BodyInference? = nil
    ) {
        self.node = node
        self.opset = opset
        self.path = path.isEmpty ? "node '\(node.name)' (\(node.operatorType))" : path
        self.operands = operands
        self.inferBody = inferBody
    }
}
