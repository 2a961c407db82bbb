/// What went wrong with an engine: which rule, of what, why, and how to mend it.
public struct EngineError: Error, Sendable, Hashable, Codable, CustomStringConvertible {
    /// The rule that was broken; open, so that a new one breaks nobody's switch.
    public struct Code: RawRepresentable, Sendable, Hashable, Codable {
        /// The stable name of the rule.
        public let rawValue: String
        /// Makes a code from its stable name.
        public init(rawValue: String) { self.rawValue = rawValue }
        /// The model file could not be read.
        public static let unreadableModel = Code(rawValue: "engine.unreadable-model")
        /// The library could not be loaded.
        public static let unavailable = Code(rawValue: "engine.unavailable")
        /// The loaded library reports another version than was asked for.
        public static let versionMismatch = Code(rawValue: "engine.version-mismatch")
        /// The engine refused the model.
        public static let refusedModel = Code(rawValue: "engine.refused-model")
        /// The engine lacks an operator.
        public static let unsupportedOperator = Code(rawValue: "engine.unsupported-operator")
        /// An input has the wrong name, type or shape.
        public static let invalidInput = Code(rawValue: "engine.invalid-input")
        /// The run itself failed.
        public static let runFailed = Code(rawValue: "engine.run-failed")
        /// An option the engine does not know or cannot obey.
        public static let invalidOption = Code(rawValue: "engine.invalid-option")
        /// The client no longer wants the result.
        public static let cancelled = Code(rawValue: "engine.cancelled")
        /// A request of the worker protocol is not as it should be.
        public static let invalidRequest = Code(rawValue: "engine.invalid-request")
        /// A request names a model, job or engine that the worker does not have.
        public static let unknownName = Code(rawValue: "engine.unknown-name")
    }

    /// The rule that was broken.
    public let code: Code
    /// The engine, model, node or input concerned.
    public let subject: String
    /// Why: the engine's own words where it has any.
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
