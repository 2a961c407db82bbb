public import Tensors

/// A tensor and the model input it is meant for; an empty name stands for a model's only input.
public struct NamedTensor: Sendable, Hashable {
    /// The name of the input; empty when the model has one only.
    public let name: String
    /// The values.
    public let tensor: Tensor

    /// Makes a named tensor.
    public init(name: String, tensor: Tensor) {
        self.name = name
        self.tensor = tensor
    }
}
