import Engines
import Graphs

/// Finds the steps of each node, rule by rule.
struct LayerAttributionBuilder {
    private let graph: LayerGraph
    private let profile: EngineProfile
    /// The steps that each node was found in.
    private var owners: [[Int]]
    private var folded: [Bool]
    /// The index in the order of the run of each step's first span.
    private let order: [Int]
    /// Steps that stand for one another, since a node has several.
    private var joined: DisjointSets

    init(_ graph: LayerGraph, _ profile: EngineProfile) {
        self.graph = graph
        self.profile = profile
        owners = Array(repeating: [], count: graph.nodes.count)
        folded = Array(repeating: false, count: graph.nodes.count)
        joined = DisjointSets(count: profile.steps.count)
        var order = Array(repeating: Int.max, count: profile.steps.count)
        for (place, span) in (profile.runs.first?.spans ?? []).enumerated() where order.indices.contains(span.step) {
            order[span.step] = min(order[span.step], place)
        }
        self.order = order
    }

    mutating func attribution() -> LayerAttribution {
        claimWritten()
        claimNamed()
        claimTwins()
        let absent = absentBodies()
        fold(except: absent)
        claimBodies(absent)
        claimFused(absent)
        return collected(absent)
    }

    // MARK: Rules 1 to 3

    /// What each value becomes when the engine rearranges it, where only the result has a name of the model's.
    private func aliases() -> [String: [String]] {
        var aliases: [String: [String]] = [:]
        for step in profile.steps where step.role == .rearrangement {
            for input in step.inputs where graph.writers[input] == nil {
                aliases[input, default: []] += step.outputs
            }
        }
        return aliases
    }

    private mutating func claimWritten() {
        let aliases = aliases()
        for (index, step) in profile.steps.enumerated() where step.role == .computation {
            var names = step.outputs
            var place = 0
            while place < names.count, names.count < 64 {
                for alias in aliases[names[place]] ?? [] where !names.contains(alias) { names.append(alias) }
                place += 1
            }
            for name in names {
                guard let node = writer(of: name, by: step) else { continue }
                claim(node, index)
            }
        }
    }

    /// The node that writes a value; where bodies beside each other use its name, the one that the step names.
    private func writer(of value: String, by step: EngineProfile.Step) -> Int? {
        guard let writers = graph.writers[value] else { return nil }
        if writers.count == 1 { return writers[0] }
        return writers.first { !graph.nodes[$0].name.isEmpty && graph.nodes[$0].name == step.name }
            ?? writers.first { step.nodes.contains(graph.nodes[$0].name) }
            ?? writers.first { graph.nodes[$0].kind == step.kind } ?? writers.first
    }

    private mutating func claim(_ node: Int, _ step: Int) {
        guard !owners[node].contains(step) else { return }
        if let first = owners[node].first { joined.join(first, step) }
        owners[node].append(step)
    }

    private mutating func claimNamed() {
        for (index, step) in profile.steps.enumerated() where step.role == .computation {
            for name in step.nodes {
                // An engine calls a node without a name by what it writes.
                for node in graph.named[name] ?? graph.writers[name] ?? [] where owners[node].isEmpty {
                    owners[node] = [index]
                }
            }
        }
    }

    private mutating func claimTwins() {
        var canonical: [String: String] = [:]
        var first: [Node: Int] = [:]
        for (index, call) in graph.calls.enumerated() where graph.nodes[index].parent == nil {
            guard !call.hasGraphs, !Self.random.contains(call.operatorType) else { continue }
            var key = call
            (key.name, key.documentation, key.metadata, key.unknownFields) = ("", "", [], [])
            key.inputs = call.inputs.map { canonical[$0] ?? $0 }
            key.outputs = call.outputs.map { $0.isEmpty ? "" : "_" }
            guard let twin = first[key] else {
                first[key] = index
                continue
            }
            for (mine, other) in zip(call.outputs, graph.calls[twin].outputs) {
                canonical[mine] = canonical[other] ?? other
            }
            if owners[index].isEmpty, let step = owners[twin].first {
                owners[index] = [step]
            } else if owners[twin].isEmpty, let step = owners[index].first {
                owners[twin] = [step]
            }
        }
    }

    private static let random: Set<String> = [
        "Bernoulli", "Dropout", "Multinomial", "RandomNormal", "RandomNormalLike", "RandomUniform", "RandomUniformLike",
    ]

    // MARK: Bodies

    private struct Body: Hashable {
        let parent: Int
        let name: String
    }

    /// Nodes of bodies that did not run: those beside a body that did, without a step of their own.
    private func absentBodies() -> [Bool] {
        var present: [Body: Bool] = [:]
        for (index, node) in graph.nodes.enumerated() {
            guard let parent = node.parent else { continue }
            let body = Body(parent: parent, name: node.body)
            present[body] = present[body] == true || !owners[index].isEmpty
        }
        var absent = Array(repeating: false, count: graph.nodes.count)
        for (index, node) in graph.nodes.enumerated() {
            guard let parent = node.parent else { continue }
            let isPresent = present[Body(parent: parent, name: node.body)] == true
            let isOther = present.contains { $0.key.parent == parent && $0.key.name != node.body && $0.value }
            absent[index] = absent[parent] || (!isPresent && isOther)
        }
        return absent
    }

    /// Gives the nodes of bodies of which nothing is told to the step that runs the body.
    private mutating func claimBodies(_ absent: [Bool]) {
        var told: Set<Int> = []
        for (index, node) in graph.nodes.enumerated() where !owners[index].isEmpty {
            var parent = node.parent
            while let next = parent {
                told.insert(next)
                parent = graph.nodes[next].parent
            }
        }
        for (index, node) in graph.nodes.enumerated() {
            guard let parent = node.parent, owners[index].isEmpty, !absent[index], !told.contains(parent),
                let step = owners[parent].first
            else { continue }
            folded[index] = false
            owners[index] = [step]
        }
    }

    // MARK: Rules 4 and 5

    private mutating func fold(except absent: [Bool]) {
        let constants = Set(profile.constants)
        for (index, node) in graph.nodes.enumerated() where owners[index].isEmpty && !absent[index] {
            let isKnown = !node.outputs.isEmpty && node.outputs.contains(where: constants.contains)
            // Bodies read what is fed to them by names that no node writes.
            let isConstant =
                node.parent == nil && !graph.calls[index].hasGraphs
                && graph.calls[index].inputs.allSatisfy { $0.isEmpty || isFixed($0, constants) }
                && !Self.random.contains(node.kind)
            folded[index] = isKnown || isConstant || node.kind == "Constant"
        }
        for (index, node) in graph.nodes.enumerated().reversed() {
            guard owners[index].isEmpty, !folded[index], !absent[index], !node.isReturned else { continue }
            let readers = graph.readers[index].filter { graph.isNeeded[$0] }
            folded[index] = !readers.isEmpty && readers.allSatisfy { folded[$0] && owners[$0].isEmpty }
        }
    }

    private func isFixed(_ value: String, _ constants: Set<String>) -> Bool {
        if let writers = graph.writers[value] { return writers.allSatisfy { folded[$0] } }
        return graph.initializers.contains(value) || constants.contains(value)
    }

    private mutating func claimFused(_ absent: [Bool]) {
        let isOpen = graph.nodes.indices.map { index in
            owners[index].isEmpty && !folded[index] && !absent[index] && graph.isNeeded[index]
        }
        let later = laterSteps(isOpen)
        let reads = effectiveInputs()
        /// Whether the later step reads a value by name from which it can compute the node.
        var isNamed = Array(repeating: false, count: isOpen.count)
        for (index, node) in graph.nodes.enumerated() where isOpen[index] {
            if let step = later[index] {
                isNamed[index] =
                    graph.calls[index].inputs.contains { reads[step].contains($0) }
                    || node.sources.contains { isOpen[$0] && later[$0] == step && isNamed[$0] }
            }
            let earlier = node.sources.compactMap { owners[$0].last }.max { (order[$0], $0) < (order[$1], $1) }
            if let step = isNamed[index] ? later[index] : earlier ?? later[index] { owners[index] = [step] }
        }
    }

    /// For each node without a step the first step, in the order of the run, of those that read its result.
    private func laterSteps(_ isOpen: [Bool]) -> [Int?] {
        var later = owners.map(\.first)
        for index in graph.nodes.indices.reversed() where isOpen[index] {
            later[index] = graph.readers[index].compactMap { later[$0] }.min { (order[$0], $0) < (order[$1], $1) }
        }
        return later
    }

    /// What each step reads, also through the engine's rearrangements, and where the engine has a name of its own for the
    /// result of a node that it runs under the node's name.
    private func effectiveInputs() -> [Set<String>] {
        var before: [String: [String]] = [:]
        for step in profile.steps where step.role == .computation {
            for node in graph.named[step.name] ?? [] where graph.nodes[node].kind == step.kind {
                guard graph.nodes[node].outputs.count == step.outputs.count else { continue }
                for (own, value) in zip(step.outputs, graph.nodes[node].outputs) where graph.writers[own] == nil {
                    before[own, default: []].append(value)
                }
            }
        }
        for step in profile.steps where step.role == .rearrangement {
            for output in step.outputs { before[output, default: []] += step.inputs.filter { $0 != output } }
        }
        return profile.steps.map { step in
            var names = Set(step.inputs)
            var open = step.inputs
            while let name = open.popLast() {
                for input in before[name] ?? [] where names.insert(input).inserted { open.append(input) }
            }
            return names
        }
    }

    // MARK: Groups

    private mutating func collected(_ absent: [Bool]) -> LayerAttribution {
        var result = LayerAttribution(nodes: graph.nodes)
        var numbers: [Int: Int] = [:]
        for index in graph.nodes.indices {
            if let step = owners[index].first {
                let root = joined.root(of: step)
                let group = numbers[root] ?? result.groups.count
                if group == result.groups.count {
                    numbers[root] = group
                    result.groups.append(LayerAttribution.Group(nodes: [], leading: index, steps: []))
                }
                result.groups[group].nodes.append(index)
                result.fates[index] = .attributed(group: group)
            } else if absent[index] || !graph.isNeeded[index] {
                result.fates[index] = .unused
            } else if folded[index] || (graph.nodes[index].kind == "Identity" && graph.nodes[index].sources.isEmpty) {
                result.fates[index] = .folded
            }
        }
        place(&result, numbers)
        for group in result.groups.indices {
            let nodes = result.groups[group].nodes
            result.groups[group].leading = LayerWeight.leading(nodes, result.nodes)
        }
        return result
    }

    /// Puts every step into its group, or among those that belong to no node.
    private mutating func place(_ result: inout LayerAttribution, _ numbers: [Int: Int]) {
        let flow = StepFlow(profile.steps)
        for step in profile.steps.indices {
            if let group = numbers[joined.root(of: step)] {
                result.groups[group].steps.append(step)
            } else if profile.steps[step].role == .rearrangement {
                result.rearrangements.append(step)
            } else if let near = flow.nearest(to: step, where: { numbers[joined.root(of: $0)] != nil }),
                let group = numbers[joined.root(of: near)]
            {
                result.groups[group].steps.append(step)
            } else {
                result.unclaimed.append(step)
            }
        }
        for group in result.groups.indices { result.groups[group].steps.sort() }
    }
}

extension Node {
    fileprivate var hasGraphs: Bool { !subgraphs.isEmpty }
}
