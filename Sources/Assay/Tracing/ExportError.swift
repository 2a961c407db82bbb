/// Why traces did not reach a collector: what, where, why, and how to mend it.
public struct ExportError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The rule that was broken; open, so that a new one breaks nobody's switch.
    public struct Code: RawRepresentable, Sendable, Hashable {
        /// The stable name of the rule.
        public let rawValue: String
        /// Makes a code from its stable name.
        public init(rawValue: String) { self.rawValue = rawValue }
        /// The address is none, or none of HTTP.
        public static let address = Code(rawValue: "export.address")
        /// Nobody answers there.
        public static let unreachable = Code(rawValue: "export.unreachable")
        /// No answer came within the limit.
        public static let timeout = Code(rawValue: "export.timeout")
        /// The collector refused the request.
        public static let refused = Code(rawValue: "export.refused")
        /// The collector did not take all spans.
        public static let partial = Code(rawValue: "export.partial")
        /// What came back is no answer of a collector.
        public static let answer = Code(rawValue: "export.answer")
    }

    /// The rule that was broken.
    public let code: Code
    /// The address.
    public let subject: String
    /// Why.
    public let reason: String
    /// How to mend it; empty where nothing can be said.
    public let remedy: String

    init(_ code: Code, subject: String, reason: String, remedy: String = "") {
        self.code = code
        self.subject = subject
        self.reason = reason
        self.remedy = remedy
    }

    /// One line: subject, reason, remedy.
    public var description: String { "\(subject): \(reason)" + (remedy.isEmpty ? "" : "; \(remedy)") }
}
