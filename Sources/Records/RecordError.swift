/// What is wrong with a record or a store of records: which rule, where, why, and how to mend it.
public struct RecordError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The rule that was broken; open, so that a new one breaks nobody's switch.
    public struct Code: RawRepresentable, Sendable, Hashable {
        /// The stable name of the rule.
        public let rawValue: String
        /// Makes a code from its stable name.
        public init(rawValue: String) { self.rawValue = rawValue }
        /// A file cannot be read.
        public static let unreadableFile = Code(rawValue: "record.unreadable-file")
        /// A text is not JSON.
        public static let invalidJSON = Code(rawValue: "record.invalid-json")
        /// A document is not a record of the schema that this version reads.
        public static let wrongSchema = Code(rawValue: "record.wrong-schema")
        /// A document lacks a member, or a member has the wrong form.
        public static let malformed = Code(rawValue: "record.malformed")
        /// The bytes do not have the hash that the record states.
        public static let hashMismatch = Code(rawValue: "record.hash-mismatch")
        /// The store holds no such record.
        public static let notFound = Code(rawValue: "record.not-found")
        /// A prefix fits several records.
        public static let ambiguous = Code(rawValue: "record.ambiguous")
        /// The store holds another record of the same identifier.
        public static let conflict = Code(rawValue: "record.conflict")
        /// The store cannot be opened, read or written.
        public static let storeFailed = Code(rawValue: "record.store-failed")
    }

    /// The rule that was broken.
    public let code: Code
    /// The record, file or member concerned.
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
