/// What went wrong with a picture or a codec library: which rule, of what, why, and how to mend it.
public struct ImageError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The rule that was broken; open, so that a new one breaks nobody's switch.
    public struct Code: RawRepresentable, Sendable, Hashable {
        /// The stable name of the rule.
        public let rawValue: String
        /// Makes a code from its stable name.
        public init(rawValue: String) { self.rawValue = rawValue }
        /// The shared library that decodes or encodes is not installed.
        public static let libraryUnavailable = Code(rawValue: "image.library-unavailable")
        /// The bytes are of no format that is read.
        public static let unknownFormat = Code(rawValue: "image.unknown-format")
        /// The file ends before its picture does.
        public static let truncated = Code(rawValue: "image.truncated")
        /// The bytes break the rules of their format.
        public static let malformed = Code(rawValue: "image.malformed")
        /// A valid file of a kind that is refused: CMYK, more than 8 bits a sample.
        public static let unsupported = Code(rawValue: "image.unsupported")
        /// The picture has more pixels than the stated limit.
        public static let tooLarge = Code(rawValue: "image.too-large")
        /// A width, height, rectangle or number of bytes that no picture has.
        public static let invalidSize = Code(rawValue: "image.invalid-size")
        /// The resize filter cannot do what is asked of it.
        public static let invalidFilter = Code(rawValue: "image.invalid-filter")
    }

    /// The rule that was broken.
    public let code: Code
    /// The file, byte or picture concerned.
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
