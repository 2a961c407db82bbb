/// What a model said about one sample, in the terms of the task.
public enum Answer: Sendable, Hashable {
    /// Class indices, the likeliest first.
    case ranked([Int])
    /// A text read off the outputs.
    case text(String)
    /// A vector of unit length.
    case vector([Float])
    /// The task reads nothing off the outputs.
    case none
}
