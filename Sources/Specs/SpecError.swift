/// One thing that is wrong with a spec: which rule, where, why, and how to mend it.
public struct SpecError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The rule that was broken; open, so that a new one breaks nobody's switch.
    public struct Code: RawRepresentable, Sendable, Hashable {
        /// The stable name of the rule.
        public let rawValue: String
        /// Makes a code from its stable name.
        public init(rawValue: String) { self.rawValue = rawValue }
        /// The file cannot be read.
        public static let unreadableFile = Code(rawValue: "spec.unreadable-file")
        /// The text is not YAML.
        public static let invalidYAML = Code(rawValue: "spec.invalid-yaml")
        /// The text is too large, too deep or expands too far.
        public static let tooLarge = Code(rawValue: "spec.too-large")
        /// A key is not known here.
        public static let unknownKey = Code(rawValue: "spec.unknown-key")
        /// A key that must be given is not.
        public static let missingKey = Code(rawValue: "spec.missing-key")
        /// A key is given twice.
        public static let duplicateKey = Code(rawValue: "spec.duplicate-key")
        /// A value is not of the kind that is expected.
        public static let wrongType = Code(rawValue: "spec.wrong-type")
        /// A value is of the right kind, but not one of those allowed.
        public static let invalidValue = Code(rawValue: "spec.invalid-value")
    }

    /// The rule that was broken.
    public let code: Code
    /// The file, as the user named it.
    public let file: String
    /// The place in the file; `nil` where the whole file is meant.
    public let mark: SpecMark?
    /// The path of keys: `stacks[0].threads`; empty for the whole document.
    public let subject: String
    /// Why the rule was broken.
    public let reason: String
    /// How to mend it; empty where nothing can be said.
    public let remedy: String

    /// Makes an error.
    public init(
        _ code: Code, file: String, mark: SpecMark? = nil, subject: String = "", reason: String, remedy: String = ""
    ) {
        self.code = code
        self.file = file
        self.mark = mark
        self.subject = subject
        self.reason = reason
        self.remedy = remedy
    }

    /// One line: `spec.yaml:3:5: stacks[0]: reason; remedy`.
    public var description: String {
        let place = mark.map { "\(file):\($0.line):\($0.column)" } ?? file
        return place + (subject.isEmpty ? "" : ": \(subject)") + ": \(reason)" + (remedy.isEmpty ? "" : "; \(remedy)")
    }
}
