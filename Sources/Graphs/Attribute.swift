/// A named constant parameter of a node.
public struct Attribute: Sendable, Hashable {
    /// The name.
    public var name: String
    /// The value, or a reference to an attribute of the enclosing function.
    public var value: AttributeValue
    /// Free text.
    public var documentation: String
    /// Fields newer than this reader, kept as they were found.
    public var unknownFields: [UnknownField]

    /// Makes an attribute.
    public init(
        _ name: String, _ value: AttributeValue, documentation: String = "", unknownFields: [UnknownField] = []
    ) {
        self.name = name
        self.value = value
        self.documentation = documentation
        self.unknownFields = unknownFields
    }
}
