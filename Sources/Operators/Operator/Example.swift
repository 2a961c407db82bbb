public import Graphs

/// One small call of an operator with inputs; the single list behind tests, gradients, support, benchmarks and pages.
public struct Example: Sendable {
    /// Says what the example shows, unique within its operator: `strided, padded SAME`.
    public var name: String
    /// The operator-set version the node is written against.
    public var opset: Int
    /// The attributes of the node.
    public var attributes: [Attribute]
    /// The inputs in order; `nil` where an optional input is omitted.
    public var inputs: [Value?]
    /// How many outputs the node asks for.
    public var outputCount: Int
    /// Which inputs are initializers rather than fed, as weights and axes usually are.
    public var constantInputs: Set<Int>
    /// The outputs by closed form or by a published table, where there are any.
    public var expected: [Value]?
    /// False where the call has no gradient or sits on a kink, so that finite differences would not tell.
    public var isDifferentiable: Bool

    /// Makes an example.
    public init(
        _ name: String, opset: Int, attributes: [Attribute] = [], inputs: [Value?], outputCount: Int = 1,
        constantInputs: Set<Int> = [], expected: [Value]? = nil, isDifferentiable: Bool = true
    ) {
        self.name = name
        self.opset = opset
        self.attributes = attributes
        self.inputs = inputs
        self.outputCount = outputCount
        self.constantInputs = constantInputs
        self.expected = expected
        self.isDifferentiable = isDifferentiable
    }
}
