public import Graphs

/// A call that runs: a call site with the values of its inputs.
public struct Call: Sendable {
    /// The node, version and path.
    public var site: CallSite
    /// The inputs in order; `nil` where an optional input is omitted.
    public var inputs: [Value?]
    /// Runs the body graph that an attribute holds in the scope of this call; given by the interpreter.
    public var runBody: BodyRunner

    /// Runs the body graph held by the attribute of a name on the values of its inputs.
    public typealias BodyRunner = @Sendable (_ attribute: String, _ inputs: [Value]) throws(OperatorError) -> [Value]

    /// Makes a call.
    public init(
        site: CallSite, inputs: [Value?], runBody: @escaping BodyRunner
    ) {
        self.site = site
        self.inputs = inputs
        self.runBody = runBody
    }

    /// The node.
    public var node: Node { site.node }
    /// The version of the operator set of the node's domain.
    public var opset: Int { site.opset }
    /// Where the node stands, for messages.
    public var path: String { site.path }
}
