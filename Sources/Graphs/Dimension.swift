/// One extent of a value whose shape may not be known before it runs.
public enum Dimension: Sendable, Hashable {
    case fixed(Int)
    /// Equal wherever the same name stands.
    case symbol(String)
    case unknown

    /// The extent, where it is fixed.
    public var value: Int? {
        if case .fixed(let value) = self { value } else { nil }
    }
}
