/// One call of an operator or of a local function.
public struct Node: Sendable, Hashable {
    /// The name; may be empty and need not be unique.
    public var name: String
    /// The operator or function called (`op_type`).
    public var operatorType: String
    /// The operator's domain; the standard domain is `""`.
    public var domain: String
    /// Tells functions of one name apart (`overload`).
    public var overload: String
    /// The values read, in order; `""` stands for an omitted optional input.
    public var inputs: [String]
    /// The values written, in order; `""` stands for an output nobody asks for.
    public var outputs: [String]
    /// The attributes, in file order.
    public var attributes: [Attribute]
    /// Free text.
    public var documentation: String
    /// Free key-value pairs.
    public var metadata: [StringPair]
    /// Fields kept as they were found: device configurations, and what is newer than this reader.
    public var unknownFields: [UnknownField]

    /// Makes a node.
    public init(
        _ operatorType: String, inputs: [String], outputs: [String], attributes: [Attribute] = [], name: String = "",
        domain: String = "", overload: String = "", documentation: String = "", metadata: [StringPair] = [],
        unknownFields: [UnknownField] = []
    ) {
        self.name = name
        self.operatorType = operatorType
        self.domain = domain
        self.overload = overload
        self.inputs = inputs
        self.outputs = outputs
        self.attributes = attributes
        self.documentation = documentation
        self.metadata = metadata
        self.unknownFields = unknownFields
    }

    /// The attribute of the given name.
    public func attribute(_ name: String) -> AttributeValue? {
        attributes.first { $0.name == name }?.value
    }
}
