/// What a model says of one sample, after post-processing.
public enum Prediction: Sendable, Hashable {
    /// Classes, the likeliest first.
    case classes([TopK.Entry])
    /// A text that was read.
    case text(CTCDecoder.Reading)
    /// A vector: an embedding, or scores as they are.
    case vector([Float])
    /// A yes or no, and the score that decided.
    case decision(isPositive: Bool, score: Float)
}
