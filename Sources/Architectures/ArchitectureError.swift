/// Why a network could not be built: which rule, which weights, and how to mend it.
public struct ArchitectureError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The rule that was broken; open, so that a new one breaks nobody's switch.
    public struct Code: RawRepresentable, Sendable, Hashable {
        /// The stable name of the rule.
        public let rawValue: String
        /// Makes a code from its stable name.
        public init(rawValue: String) { self.rawValue = rawValue }
        /// Weights are missing, left over, or of another shape or type.
        public static let weightMismatch = Code(rawValue: "architecture.weight-mismatch")
        /// The input is too small, or a setting is out of range.
        public static let invalidConfiguration = Code(rawValue: "architecture.invalid-configuration")
    }

    /// The rule that was broken.
    public let code: Code
    /// The network.
    public let subject: String
    /// Why the rule was broken.
    public let reason: String
    /// How to mend it; empty where nothing can be said.
    public let remedy: String

    /// Makes an error.
    public init(_ code: Code, subject: String, reason: String, remedy: String = "") {
        self.code = code
        self.subject = subject
        self.reason = reason
        self.remedy = remedy
    }

    /// One line: subject, reason, remedy.
    public var description: String { "\(subject): \(reason)" + (remedy.isEmpty ? "" : "; \(remedy)") }
}
