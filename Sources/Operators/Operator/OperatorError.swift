/// What is wrong with a call: which rule, at which node, why, and how to mend it.
public struct OperatorError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The rule that was broken; open, so that a new one breaks nobody's switch.
    public struct Code: RawRepresentable, Sendable, Hashable {
        /// The stable name of the rule.
        public let rawValue: String
        /// Makes a code from its stable name.
        public init(rawValue: String) { self.rawValue = rawValue }
        /// The catalogue has no operator of this name.
        public static let unknownOperator = Code(rawValue: "operator.unknown")
        /// The number of inputs or outputs is wrong.
        public static let arity = Code(rawValue: "operator.arity")
        /// An element type is not allowed, or types that must be equal differ.
        public static let type = Code(rawValue: "operator.type")
        /// Shapes do not fit.
        public static let shape = Code(rawValue: "operator.shape")
        /// An attribute is missing or has a value the standard does not define.
        public static let attribute = Code(rawValue: "operator.attribute")
        /// An index points outside.
        public static let index = Code(rawValue: "operator.index")
        /// A form of the operator that Assay does not compute.
        public static let unsupported = Code(rawValue: "operator.unsupported")
        /// The operator has no gradient.
        public static let notDifferentiable = Code(rawValue: "operator.not-differentiable")
    }

    /// The rule that was broken.
    public let code: Code
    /// The node path or value concerned.
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
