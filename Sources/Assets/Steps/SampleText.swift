/// A text, or a pair of texts that a model compares.
public struct SampleText: Sendable, Hashable {
    /// The text.
    public let first: String
    /// The second of a pair.
    public let second: String?

    /// Makes a text or a pair.
    public init(_ first: String, _ second: String? = nil) {
        self.first = first
        self.second = second
    }
}
