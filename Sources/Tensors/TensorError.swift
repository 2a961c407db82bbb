/// What went wrong with a tensor: which rule, of what, why, and how to mend it.
public struct TensorError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The rule that was broken; open, so that a new one breaks nobody's switch.
    public struct Code: RawRepresentable, Sendable, Hashable {
        /// The stable name of the rule.
        public let rawValue: String
        /// Makes a code from its stable name.
        public init(rawValue: String) { self.rawValue = rawValue }
        /// The number of bytes or elements does not fit the shape.
        public static let sizeMismatch = Code(rawValue: "tensor.size-mismatch")
        /// The element type is not the one asked for.
        public static let typeMismatch = Code(rawValue: "tensor.type-mismatch")
        /// An extent is negative or the element count overflows.
        public static let invalidShape = Code(rawValue: "tensor.invalid-shape")
        /// A file could not be opened or mapped.
        public static let unreadableFile = Code(rawValue: "tensor.unreadable-file")
        /// A file could not be created or written.
        public static let unwritableFile = Code(rawValue: "tensor.unwritable-file")
        /// Memory could not be had.
        public static let outOfMemory = Code(rawValue: "tensor.out-of-memory")
    }

    /// The rule that was broken.
    public let code: Code
    /// The tensor, file or byte range concerned.
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
