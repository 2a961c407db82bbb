/// Why bytes are not a protobuf message, and at which byte.
public struct WireError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The rule that was broken; open, so that a new one breaks nobody's switch.
    public struct Code: RawRepresentable, Sendable, Hashable {
        /// The stable name of the rule.
        public let rawValue: String
        /// Makes a code from its stable name.
        public init(rawValue: String) { self.rawValue = rawValue }
        /// The message ends inside a field.
        public static let truncated = Code(rawValue: "wire.truncated")
        /// A varint is longer than ten bytes or does not fit 64 bits.
        public static let varintTooLong = Code(rawValue: "wire.varint-too-long")
        /// A tag has field number 0 or above 2^29 − 1, or an unknown wire type.
        public static let invalidTag = Code(rawValue: "wire.invalid-tag")
        /// A length points beyond the end of the message that holds it.
        public static let lengthOutside = Code(rawValue: "wire.length-outside")
        /// A group, which the format deprecates.
        public static let group = Code(rawValue: "wire.group")
        /// A packed array whose length is no multiple of its element's.
        public static let raggedArray = Code(rawValue: "wire.ragged-array")
    }

    /// The rule that was broken.
    public let code: Code
    /// The byte, counted from the start of the span.
    public let offset: Int
    /// Why the rule was broken.
    public let reason: String

    /// Makes an error.
    public init(_ code: Code, offset: Int, reason: String) {
        self.code = code
        self.offset = offset
        self.reason = reason
    }

    /// One line: byte and reason.
    public var description: String { "byte \(offset): \(reason)" }
}
