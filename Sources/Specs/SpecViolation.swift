/// A rule between several keys of an object that a spec breaks.
public struct SpecViolation: Sendable, Hashable {
    /// The key that the message points at; empty for the object itself.
    public let key: String
    /// Why the rule was broken.
    public let reason: String
    /// How to mend it.
    public let remedy: String

    /// Makes a violation.
    public init(key: String = "", _ reason: String, remedy: String = "") {
        self.key = key
        self.reason = reason
        self.remedy = remedy
    }
}
