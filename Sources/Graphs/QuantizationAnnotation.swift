/// Names the tensors that hold a value's quantisation parameters (`TensorAnnotation`).
public struct QuantizationAnnotation: Sendable, Hashable {
    /// The annotated value.
    public var tensorName: String
    /// Parameter kinds (`SCALE_TENSOR`, …) and the values that hold them.
    public var parameters: [StringPair]

    /// Makes an annotation.
    public init(tensorName: String, parameters: [StringPair]) {
        self.tensorName = tensorName
        self.parameters = parameters
    }
}
