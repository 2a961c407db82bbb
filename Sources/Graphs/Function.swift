/// A function that nodes of the model call like an operator (`FunctionProto`).
public struct Function: Sendable, Hashable {
    /// The domain under which nodes call it.
    public var domain: String
    /// The name under which nodes call it.
    public var name: String
    /// Tells functions of one name apart.
    public var overload: String
    /// The names of its inputs.
    public var inputs: [String]
    /// The names of its outputs.
    public var outputs: [String]
    /// Attributes that every call must give.
    public var requiredAttributes: [String]
    /// Attributes with defaults.
    public var defaultAttributes: [Attribute]
    /// The body, in topological order.
    public var nodes: [Node]
    /// The operator sets the body is written against.
    public var opsets: [String: Int]
    /// Types of inner values, where the file states them.
    public var valueInfos: [ValueInfo]
    /// Free text.
    public var documentation: String
    /// Free key-value pairs.
    public var metadata: [StringPair]
    /// Fields newer than this reader, kept as they were found.
    public var unknownFields: [UnknownField]

    /// Makes a function.
    public init(
        domain: String, name: String, overload: String = "", inputs: [String], outputs: [String],
        requiredAttributes: [String] = [], defaultAttributes: [Attribute] = [], nodes: [Node],
        opsets: [String: Int] = ["": 17], valueInfos: [ValueInfo] = [], documentation: String = "",
        metadata: [StringPair] = [],
        unknownFields: [UnknownField] = []
    ) {
        self.domain = domain
        self.name = name
        self.overload = overload
        self.inputs = inputs
        self.outputs = outputs
        self.requiredAttributes = requiredAttributes
        self.defaultAttributes = defaultAttributes
        self.nodes = nodes
        self.opsets = opsets
        self.valueInfos = valueInfos
        self.documentation = documentation
        self.metadata = metadata
        self.unknownFields = unknownFields
    }
}
