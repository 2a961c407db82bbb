public import Tensors

/// A named constant tensor of a graph.
public struct Initializer: Sendable, Hashable {
    /// The value it defines.
    public var name: String
    /// The constant.
    public var tensor: Tensor
    /// Free text.
    public var documentation: String
    /// Free key-value pairs.
    public var metadata: [StringPair]
    /// Fields newer than this reader, kept as they were found.
    public var unknownFields: [UnknownField]

    /// Makes an initializer.
    public init(
        name: String, tensor: Tensor, documentation: String = "", metadata: [StringPair] = [],
        unknownFields: [UnknownField] = []
    ) {
        self.name = name
        self.tensor = tensor
        self.documentation = documentation
        self.metadata = metadata
        self.unknownFields = unknownFields
    }
}
