/// An ONNX model: a graph, the operator sets it is written against, and the functions it defines.
public struct Model: Sendable, Hashable {
    /// The version of the file format (`ir_version`).
    public var irVersion: Int
    /// The version of each operator set by domain; the standard domain is written `""`.
    public var opsets: [String: Int]
    /// The computation.
    public var graph: Graph
    /// Functions that nodes may call by domain, name and overload.
    public var functions: [Function]
    /// The tool that wrote the file.
    public var producerName: String
    /// The version of that tool.
    public var producerVersion: String
    /// The model's own namespace.
    public var domain: String
    /// The model's own version.
    public var modelVersion: Int
    /// Free text.
    public var documentation: String
    /// Free key-value pairs, in file order.
    public var metadata: [StringPair]
    /// Fields kept as they were found: training information, device configurations, and what is newer than this reader.
    public var unknownFields: [UnknownField]

    /// Makes a model.
    public init(
        irVersion: Int = 8, opsets: [String: Int] = ["": 17], graph: Graph, functions: [Function] = [],
        producerName: String = "", producerVersion: String = "", domain: String = "", modelVersion: Int = 0,
        documentation: String = "", metadata: [StringPair] = [],
        unknownFields: [UnknownField] = []
    ) {
        self.irVersion = irVersion
        self.opsets = opsets
        self.graph = graph
        self.functions = functions
        self.producerName = producerName
        self.producerVersion = producerVersion
        self.domain = domain
        self.modelVersion = modelVersion
        self.documentation = documentation
        self.metadata = metadata
        self.unknownFields = unknownFields
    }
}
