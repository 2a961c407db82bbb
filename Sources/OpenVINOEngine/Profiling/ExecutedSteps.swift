import Engines

/// The steps of an executed graph, from the names of its nodes and the graph that they were compiled from.
///
/// The library lists what was fused into a node right after it, without an implementation. Biases are not listed at all: a
/// layer that is missing from the list and reads one layer that nobody else reads went into that one.
struct ExecutedSteps {
    private(set) var steps: [EngineProfile.Step] = []
    /// The place of each step in the library's list.
    private(set) var places: [Int] = []
    /// What was known before the first run: values, and nodes.
    private(set) var constants: [String] = []

    private static let rearranging: Set<String> = ["Reorder", "Convert", "Transpose", "Reshape"]
    private static let ends: Set<String> = ["Parameter", "Input", "Result", "Output", "Const", "Constant"]
    /// What stands for the implementation of a node that is part of another.
    private static let fused = "undef"

    private let graph: CompiledGraph
    /// The layers of each step.
    private var members: [[Int]] = []

    init(_ counters: [ProfilingCounters.Counter], _ graph: CompiledGraph) {
        self.graph = graph
        var listed: Set<Int> = []
        for (place, counter) in counters.enumerated() {
            let layer = graph.numbers[counter.name]
            if let layer { listed.insert(layer) }
            if counter.implementation.hasPrefix(Self.fused), !steps.isEmpty {
                if let layer { members[members.count - 1].append(layer) }
                steps[steps.count - 1].nodes.append(counter.name)
                continue
            }
            guard !Self.ends.contains(counter.kind) else { continue }
            steps.append(
                EngineProfile.Step(
                    name: counter.name, kind: counter.kind, implementation: counter.implementation,
                    role: layer == nil && Self.rearranging.contains(counter.kind) ? .rearrangement : .computation,
                    nodes: [counter.name]))
            places.append(place)
            members.append(layer.map { [$0] } ?? [])
        }
        absorb(listed)
        for index in steps.indices { connect(index) }
        constants = graph.layers.filter(\.isConstant).flatMap { $0.values + $0.origins }
    }

    /// Puts layers that the list lacks into the steps that they must have become part of.
    private mutating func absorb(_ listed: Set<Int>) {
        var owners: [Int: Int] = [:]
        for (step, layers) in members.enumerated() { for layer in layers { owners[layer] = step } }
        // Layers are exported in the order of a run.
        for (index, layer) in graph.layers.enumerated() {
            guard !listed.contains(index), !layer.isConstant, !Self.ends.contains(layer.kind) else { continue }
            let sources = Set(layer.sources.filter { !graph.layers[$0].isConstant })
            guard sources.count == 1, let source = sources.first, Set(graph.layers[source].readers) == [index],
                let owner = owners[source]
            else { continue }
            owners[index] = owner
            members[owner].append(index)
        }
    }

    /// Notes what a step stands for, reads and writes.
    private mutating func connect(_ step: Int) {
        let layers = Set(members[step])
        for layer in members[step] {
            steps[step].nodes += [graph.layers[layer].name] + graph.layers[layer].origins
            steps[step].outputs += graph.layers[layer].values + [graph.value(of: layer)]
            steps[step].inputs += graph.layers[layer].sources.filter { !layers.contains($0) }.map(graph.value)
        }
        steps[step].nodes = Self.unique(steps[step].nodes)
        steps[step].inputs = Self.unique(steps[step].inputs)
        steps[step].outputs = Self.unique(steps[step].outputs)
    }

    private static func unique(_ names: [String]) -> [String] {
        var seen: Set<String> = []
        return names.filter { seen.insert($0).inserted }
    }
}
