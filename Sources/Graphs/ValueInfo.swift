/// The name and type of a value.
public struct ValueInfo: Sendable, Hashable {
    /// The value.
    public var name: String
    /// Its type, where known.
    public var type: ValueType?
    /// What the whole value stands for (`IMAGE`, `TEXT`, …), where the file says so.
    public var denotation: String
    /// Free text.
    public var documentation: String
    /// Free key-value pairs.
    public var metadata: [StringPair]
    /// Fields newer than this reader, kept as they were found.
    public var unknownFields: [UnknownField]

    /// Makes a value description.
    public init(
        _ name: String, _ type: ValueType? = nil, denotation: String = "", documentation: String = "",
        metadata: [StringPair] = [], unknownFields: [UnknownField] = []
    ) {
        self.name = name
        self.type = type
        self.denotation = denotation
        self.documentation = documentation
        self.metadata = metadata
        self.unknownFields = unknownFields
    }
}
