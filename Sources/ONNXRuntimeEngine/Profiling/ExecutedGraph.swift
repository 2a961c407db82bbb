import Engines
import Foundation
import Graphs

/// The model as the library runs it, from the file that it writes of it: the steps in the order of a run, those of bodies
/// with the step that runs them.
struct ExecutedGraph {
    private(set) var steps: [EngineProfile.Step] = []
    /// The names by which the profile calls the steps; empty where it makes one up.
    private(set) var names: [String] = []
    /// The steps of the main graph, in order.
    private(set) var main: [Int] = []
    /// The steps in the bodies of a step, at any depth.
    private(set) var inner: [Int: [Int]] = [:]
    /// The values that were known before the first run.
    private(set) var constants: [String] = []

    /// What moves a value into the layout of the library's blocked kernels and back, or between devices.
    private static let rearrangements: Set<String> = [
        "ReorderInput", "ReorderOutput", "MemcpyFromHost", "MemcpyToHost",
    ]

    init(_ model: Model) {
        main = add(model.graph, parent: nil, ancestors: [])
    }

    private mutating func add(_ graph: Graph, parent: Int?, ancestors: [Int]) -> [Int] {
        constants += graph.initializers.map(\.name) + graph.sparseInitializers.map(\.name)
        var own: [Int] = []
        for node in graph.nodes {
            let number = steps.count
            steps.append(
                EngineProfile.Step(
                    name: node.name, kind: node.operatorType,
                    role: Self.rearrangements.contains(node.operatorType) ? .rearrangement : .computation,
                    nodes: node.name.isEmpty ? [] : [node.name], inputs: node.inputs.filter { !$0.isEmpty },
                    outputs: node.outputs.filter { !$0.isEmpty } + Self.blockedValue(node), parent: parent))
            names.append(node.name)
            own.append(number)
            for ancestor in ancestors { inner[ancestor, default: []].append(number) }
            for body in node.subgraphs { _ = add(body, parent: number, ancestors: ancestors + [number]) }
        }
        return own
    }

    /// The value that a blocked kernel computes: its result has a made-up name, and its own is `VALUE_nchwc`.
    private static func blockedValue(_ node: Node) -> [String] {
        guard node.domain == "com.microsoft.nchwc", !rearrangements.contains(node.operatorType),
            let suffix = node.name.range(of: "_nchwc", options: .backwards)
        else { return [] }
        return [String(node.name[..<suffix.lowerBound])]
    }

    /// Adds a step that the file does not tell of.
    mutating func addUnknown(_ event: TraceEvent) -> Int {
        steps.append(EngineProfile.Step(name: event.name, kind: event.operatorType))
        names.append(event.name)
        return steps.count - 1
    }

    /// Notes what carried a step out.
    mutating func setImplementation(_ step: Int, _ provider: String) { steps[step].implementation = provider }

    /// Whether an event is one of a step: by name, and by operator alone where the step has no name.
    func fits(_ event: TraceEvent, _ step: Int) -> Bool {
        guard steps[step].kind == event.operatorType else { return false }
        return names[step].isEmpty ? event.name.hasPrefix(event.operatorType) : names[step] == event.name
    }
}
