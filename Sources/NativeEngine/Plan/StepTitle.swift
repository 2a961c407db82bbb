import Engines
import Graphs
import Operators

/// What messages and profiles call a step of a plan, and which values of the graph it reads and writes.
struct StepTitle: Sendable {
    /// The node, or the value that is moved.
    let name: String
    /// The operator of the node; `Reorder` and `Copy` for what no node asks for.
    let kind: String
    /// What the kernel goes on with before it stores its result.
    var postOperations: [PostOperation] = []
    /// The names of the nodes whose results the kernel goes on with.
    var furtherNames: [String] = []
    let inputs: [String]
    let outputs: [String]
    let role: EngineProfile.Role

    /// Titles the kernel of a node.
    init(_ node: KernelNode, _ values: [StaticGraph.Value]) {
        name = node.site.node.name
        kind = node.site.node.operatorType
        postOperations = node.postOperations
        furtherNames = node.furtherNames
        inputs = (node.inputs + node.furtherOperands).compactMap { $0.map { values[$0].name } }
        outputs = node.outputs.compactMap { $0.map { values[$0].name } }
        role = .computation
    }

    private init(moving value: StaticGraph.Value, kind: String) {
        name = value.name
        self.kind = kind
        inputs = [value.name]
        outputs = [value.name]
        role = .rearrangement
    }

    /// Titles what puts a value into another layout.
    static func reorder(_ value: StaticGraph.Value) -> StepTitle { StepTitle(moving: value, kind: "Reorder") }

    /// Titles what moves a value to where it is wanted.
    static func copy(_ value: StaticGraph.Value) -> StepTitle { StepTitle(moving: value, kind: "Copy") }

    /// The operator and what the kernel goes on with: `Conv + relu + addition`.
    var words: String {
        ([kind]
            + postOperations.map { operation in
                switch operation {
                case .unary(let kind): "\(kind)".prefix { $0 != "(" }.description
                case .binary(let kind, _): "\(kind)".prefix { $0 != "(" }.description
                }
            }).joined(separator: " + ")
    }
}

extension PlanStep {
    /// The step as a profile tells of it.
    var profiled: EngineProfile.Step {
        EngineProfile.Step(
            name: title.name, kind: title.words, implementation: implementation, role: title.role,
            nodes: title.role == .computation ? ([title.name] + title.furtherNames).filter { !$0.isEmpty } : [],
            inputs: title.inputs.filter { !$0.isEmpty }, outputs: title.outputs.filter { !$0.isEmpty })
    }

    /// What computes: oneDNN's implementation, a kernel of Assay's own, or a reference kernel.
    private var implementation: String {
        switch action {
        case .primitive(let primitive): primitive.implementation
        case .direct(let kernel, _): "\(type(of: kernel))"
        case .reference: "reference"
        case .copy: "copy"
        }
    }
}
