public import Tensors

/// The output of a model for one sample on its way to a prediction.
public enum OutputValue: Sendable, Hashable {
    /// Values in row-major order and their shape, without the batch axis.
    case values([Float], shape: Shape)
    /// What the model says.
    case prediction(Prediction)
}
