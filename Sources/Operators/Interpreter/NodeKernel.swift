/// A faster way to compute one node; `nil` leaves this call to the reference kernel.
public typealias NodeKernel = @Sendable (_ call: Call) throws(OperatorError) -> [Value]?

/// Chooses kernels when a model is prepared: asked once for each node, with what is known of its inputs by then; `nil`
/// leaves the node to the reference kernel.
public typealias KernelChoice =
    @Sendable (_ operator: any Operator, _ site: CallSite) throws(OperatorError) -> NodeKernel?
