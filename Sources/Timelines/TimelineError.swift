/// What is wrong with a timeline or with a file of one: which rule, where, why, and how to mend it.
public struct TimelineError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The rule that was broken; open, so that a new one breaks nobody's switch.
    public struct Code: RawRepresentable, Sendable, Hashable {
        /// The stable name of the rule.
        public let rawValue: String
        /// Makes a code from its stable name.
        public init(rawValue: String) { self.rawValue = rawValue }
        /// Bytes are not what their format says.
        public static let malformed = Code(rawValue: "timeline.malformed")
        /// A file is larger or deeper than the reader was allowed to go.
        public static let limitExceeded = Code(rawValue: "timeline.limit-exceeded")
        /// A file uses a part of its format that is not read here.
        public static let unsupported = Code(rawValue: "timeline.unsupported")
        /// A number does not fit its place.
        public static let outOfRange = Code(rawValue: "timeline.out-of-range")
        /// A span ends before it starts.
        public static let negativeDuration = Code(rawValue: "timeline.negative-duration")
        /// A span has the identifier 0, or that of another span.
        public static let invalidIdentifier = Code(rawValue: "timeline.invalid-identifier")
        /// A span names a parent that the timeline lacks.
        public static let unknownParent = Code(rawValue: "timeline.unknown-parent")
        /// A span reaches beyond the interval of its parent.
        public static let outsideParent = Code(rawValue: "timeline.outside-parent")
        /// A span is among its own ancestors.
        public static let cyclicParents = Code(rawValue: "timeline.cyclic-parents")
        /// A span, track or counter names a track or process that is not declared, or one is declared twice.
        public static let invalidTrack = Code(rawValue: "timeline.invalid-track")
        /// An argument has a name that the format needs for itself, or two arguments have one name.
        public static let invalidName = Code(rawValue: "timeline.invalid-name")
    }

    /// The rule that was broken.
    public let code: Code
    /// The span, track, or file and byte concerned.
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
