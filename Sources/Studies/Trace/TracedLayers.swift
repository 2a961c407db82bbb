import Engines
import Graphs

/// The steps of an engine in the words of the model: which nodes each stands for.
struct TracedLayers: Sendable {
    let attribution: LayerAttribution
    private let steps: [EngineProfile.Step]
    /// The group of each step; `nil` for one that belongs to no node.
    private let groups: [Int?]

    init(_ profile: EngineProfile, in model: Model) {
        self.init(LayerAttribution(model, profile), profile.steps)
    }

    init(_ attribution: LayerAttribution, _ steps: [EngineProfile.Step]) {
        self.attribution = attribution
        self.steps = steps
        var groups = [Int?](repeating: nil, count: steps.count)
        for (index, group) in attribution.groups.enumerated() {
            for step in group.steps where groups.indices.contains(step) { groups[step] = index }
        }
        self.groups = groups
    }

    /// What tables call a step: the nodes of its group, else the engine's own name.
    func title(ofStep step: Int) -> String {
        guard let group = groups[step] else { return steps[step].name.isEmpty ? steps[step].kind : steps[step].name }
        return title(ofGroup: group)
    }

    /// The operators of a step's nodes, else the engine's word for it.
    func type(ofStep step: Int) -> String {
        groups[step].map { type(ofGroup: $0) }
            ?? (steps[step].role == .rearrangement ? "rearrangement" : steps[step].kind)
    }

    /// The node that names a group, and how many more there are.
    func title(ofGroup group: Int) -> String {
        attribution.title(of: attribution.groups[group].nodes, leading: attribution.groups[group].leading)
    }

    /// The operators of a group, each once, in the order of the model.
    func type(ofGroup group: Int) -> String {
        var kinds: [String] = []
        for node in attribution.groups[group].nodes where !kinds.contains(attribution.nodes[node].kind) {
            kinds.append(attribution.nodes[node].kind)
        }
        return kinds.prefix(3).joined(separator: " + ") + (kinds.count > 3 ? " + …" : "")
    }

    /// What carries a group out, in the engine's words.
    func implementation(ofGroup group: Int) -> String {
        var words: [String] = []
        for step in attribution.groups[group].steps where steps.indices.contains(step) {
            let word = steps[step].implementation
            if !word.isEmpty, !words.contains(word) { words.append(word) }
        }
        return words.prefix(3).joined(separator: ", ")
    }
}
