public import Tensors

/// A constant in coordinate form (`SparseTensorProto`): values, their positions, and the dense shape.
public struct SparseTensor: Sendable, Hashable {
    /// The value it defines.
    public var name: String
    /// The non-zero values, shape `[n]`.
    public var values: Tensor
    /// Their positions, `i64` of shape `[n]` (linear) or `[n, rank]`.
    public var indices: Tensor
    /// The dense shape.
    public var shape: Shape

    /// Makes a sparse tensor.
    public init(name: String, values: Tensor, indices: Tensor, shape: Shape) {
        self.name = name
        self.values = values
        self.indices = indices
        self.shape = shape
    }
}
