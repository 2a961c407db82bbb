public import Graphs
public import Tensors

/// What an operator takes and returns, as its schema in the ONNX standard says.
public struct Signature: Sendable {
    /// The inputs, in order.
    public var inputs: [Parameter]
    /// The outputs, in order.
    public var outputs: [Parameter]
    /// The attributes.
    public var attributes: [AttributeRule]
    /// The operator-set versions in which the operator first stood or changed, ascending (`since_version`).
    public var versions: [Int]

    /// Makes a signature.
    public init(inputs: [Parameter], outputs: [Parameter], attributes: [AttributeRule] = [], versions: [Int]) {
        self.inputs = inputs
        self.outputs = outputs
        self.attributes = attributes
        self.versions = versions
    }

    /// One input or output.
    public struct Parameter: Sendable {
        /// How often it occurs.
        public enum Occurrence: Sendable, Hashable {
            case required
            case optional
            /// Last in the list, at least this many times.
            case variadic(minimum: Int)
        }
        /// The name in the standard.
        public var name: String
        /// The element types allowed; `nil` allows any value, sequences and optionals included.
        public var types: Set<ElementType>?
        /// How often it occurs.
        public var occurrence: Occurrence

        /// Makes a parameter.
        public init(_ name: String, _ types: Set<ElementType>?, _ occurrence: Occurrence = .required) {
            self.name = name
            self.types = types
            self.occurrence = occurrence
        }
    }

    /// One attribute.
    public struct AttributeRule: Sendable {
        /// The name in the standard.
        public var name: String
        /// The value where the node gives none; `nil` when the attribute must be given or has no default.
        public var defaultValue: AttributeValue?
        /// True when a node without it is wrong.
        public var isRequired: Bool

        /// Makes an attribute rule.
        public init(_ name: String, default defaultValue: AttributeValue? = nil, isRequired: Bool = false) {
            self.name = name
            self.defaultValue = defaultValue
            self.isRequired = isRequired
        }
    }
}
