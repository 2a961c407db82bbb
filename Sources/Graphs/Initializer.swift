public import Tensors

/// A named constant tensor of a graph.
public struct Initializer: Sendable, Hashable {
    /// The value it defines.
    public var name: String
    /// The constant.
    public var tensor: Tensor
    /// Free text.
    public var documentation: String

    /// Makes an initializer.
    public init(name: String, tensor: Tensor, documentation: String = "") {
        self.name = name
        self.tensor = tensor
        self.documentation = documentation
    }
}
