/// Why a study cannot be carried out as asked: which rule, of what, why, and how to mend it.
public struct StudyError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The rule that was broken; open, so that a new one breaks nobody's switch.
    public struct Code: RawRepresentable, Sendable, Hashable {
        /// The stable name of the rule.
        public let rawValue: String
        /// Makes a code from its stable name.
        public init(rawValue: String) { self.rawValue = rawValue }
        /// The model is neither a file nor an entry of the zoo.
        public static let unknownModel = Code(rawValue: "study.unknown-model")
        /// An input of the model has no value, or one that does not fit.
        public static let input = Code(rawValue: "study.input")
        /// A shape is needed and was not given.
        public static let shape = Code(rawValue: "study.shape")
        /// The data set has no samples, or none with a label the task needs.
        public static let data = Code(rawValue: "study.data")
        /// The outputs of the model do not fit the task.
        public static let task = Code(rawValue: "study.task")
        /// The catalogue has neither an operator nor a family of this name.
        public static let unknownOperator = Code(rawValue: "study.unknown-operator")
        /// No case of the standard has such a name.
        public static let noCase = Code(rawValue: "study.no-case")
        /// A side of a comparison is written wrongly, or there are fewer than two.
        public static let side = Code(rawValue: "study.side")
        /// A bound is written wrongly.
        public static let gate = Code(rawValue: "study.gate")
        /// A record cannot be carried out again.
        public static let cannotReplay = Code(rawValue: "study.cannot-replay")
        /// A price or power names no number of threads, or is missing.
        public static let price = Code(rawValue: "study.price")
        /// A table of measurements lacks what an answer takes.
        public static let table = Code(rawValue: "study.table")
        /// No stack could be started.
        public static let noStack = Code(rawValue: "study.no-stack")
    }

    /// The rule that was broken.
    public let code: Code
    /// The model, data set or spec line concerned.
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
