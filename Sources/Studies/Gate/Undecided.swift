/// What a gate that cannot be told counts as.
public enum Undecided: String, Sendable, CaseIterable {
    /// A failure: evidence that does not decide is not rounded up.
    case fail
    /// No failure.
    case pass
}
