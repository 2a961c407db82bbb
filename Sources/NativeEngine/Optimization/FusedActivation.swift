import Graphs
import Operators

/// An element-wise function that was a node of its own and is now part of the node before it.
struct FusedActivation: Sendable {
    let kind: Kernel.UnaryKind
    /// The operator and call site of the node that it was, for shapes that only the reference kernels compute.
    let target: any Operator
    let site: CallSite

    /// Applies the function to the result of the reference kernel.
    ///
    /// - Throws: what the operator throws.
    func apply(_ values: [Value]) throws(OperatorError) -> [Value] {
        var inputs = site.operands.map { $0?.constant.map(Value.tensor) }
        if let first = values.first { inputs[0] = first }
        return try target.evaluate(Call(site: site, inputs: inputs) { (_, _) throws(OperatorError) in [] })
    }
}
