/// A key and its value, where order and repetition must survive.
public struct StringPair: Sendable, Hashable {
    /// The key.
    public var key: String
    /// The value.
    public var value: String

    /// Makes a pair.
    public init(_ key: String, _ value: String) {
        self.key = key
        self.value = value
    }
}
