public import Specs
import Tensors

/// Pools token vectors to one vector of a text.
public struct PoolTokens: OutputStep, OutputTransform {
    /// The input that holds the attention mask.
    public var mask: String
    /// Whether the vector is divided by its Euclidean norm.
    public var normalize: Bool

    /// Makes the step.
    public init(mask: String = "attention_mask", normalize: Bool) {
        self.mask = mask
        self.normalize = normalize
    }

    /// The parameters.
    public static let spec = SpecObject(
        "meanPool", "The mean of the token vectors that the attention mask keeps, as sentence-transformers takes it.",
        initial: PoolTokens(normalize: true),
        [
            SpecField("mask", \.mask, .string, "The input that holds the attention mask."),
            .required("normalize", \.normalize, .bool, "Whether the vector is divided by its Euclidean norm."),
        ])

    /// Pools the vectors of one text.
    public func apply(_ value: OutputValue, inputs: [NamedTensor]) throws(AssetError) -> OutputValue {
        let (values, shape) = try values(of: value)
        guard let weights = inputs.first(where: { $0.name == mask })?.tensor, let width = shape.last else {
            throw AssetError(
                .unexpectedOutput, subject: "step 'meanPool'", reason: "the sample has no input '\(mask)'",
                remedy: "name the input that holds the attention mask")
        }
        let kept = try TensorConversion.doubles(weights, subject: mask).map { Int64(exactly: $0) ?? 0 }
        let pooled = try Embedding.meanPool(values, mask: kept, width: width)
        return .prediction(.vector(normalize ? Embedding.normalized(pooled) : pooled))
    }
}
