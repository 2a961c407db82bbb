import Operators

/// A node of a static graph as one kernel, with the nodes after it that the kernel computes too.
struct KernelNode {
    let target: any Operator
    let site: CallSite
    /// The inputs of the node.
    let inputs: [Int?]
    var outputs: [Int?]
    /// The kernel and which inputs feed it; `nil` where only the reference kernel computes the node.
    let lowering: Lowering?
    var postOperations: [PostOperation] = []
    /// What the later nodes read besides the result: operands of the kernel after those of the lowering.
    var furtherOperands: [Int] = []
    /// The names of the later nodes, for profiles.
    var furtherNames: [String] = []

    init(_ node: StaticGraph.Node) {
        target = node.target
        site = node.site
        inputs = node.inputs
        outputs = node.outputs
        lowering = node.target.lowering(node.site)
    }

    /// The values that the kernel reads, in its own order.
    var operands: [Int?] {
        let own = lowering.map { lowering in
            lowering.operands.map { $0.flatMap { $0 < inputs.count ? inputs[$0] : nil } }
        }
        return (own ?? inputs) + furtherOperands
    }
}
