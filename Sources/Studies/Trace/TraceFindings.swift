import Engines
import Graphs
import Measurement
import Records
import Timelines

/// Everything that was seen, with the layers in the words of the model.
struct TraceFindings: Sendable {
    let spec: TraceSpec
    let model: ResolvedModel
    let stacks: [TracedStack]
    /// Whether samples came from data; random inputs otherwise.
    let hasData: Bool
    /// The layers of each stack at the level of layers, with their times; `nil` where there are none.
    let sides: [LayerComparison.Side?]
    /// The layers of the first profile of each stack at the levels that have one.
    let layers: [[Timeline.Level: TracedLayers]]

    init(spec: TraceSpec, model: ResolvedModel, graph: Model, stacks: [TracedStack], hasData: Bool) {
        self.spec = spec
        self.model = model
        self.stacks = stacks
        self.hasData = hasData
        sides = stacks.map { stack in
            guard let runs = stack[.layer], runs.isAvailable, !runs.profiles.isEmpty else { return nil }
            return LayerComparison.Side(
                title: stack.title, graph, runs.profiles.profile, runs: runs.times.medians.map { Int64($0.rounded()) })
        }
        layers = stacks.map { stack in
            var named: [Timeline.Level: TracedLayers] = [:]
            for level in stack.levels {
                if let first = level.profiles.first { named[level.level] = TracedLayers(first, in: graph) }
            }
            return named
        }
    }

    /// Why nobody can say what lies outside of layers.
    static let overlap = "its steps overlap on several threads, or the whole run has no time"

    /// The share of a run, at the level of layers, that lies outside of them; `nil` where steps overlap, or nobody tells how
    /// long the run took.
    func outside(of stack: Int) -> Quantity? {
        guard sides[stack] != nil, let profiles = stacks[stack][.layer]?.profiles, !profiles.overlap,
            !profiles.outside.isEmpty
        else { return nil }
        let (shares, count) = (profiles.outside, Double(profiles.outside.count))
        return Quantity(
            shares.reduce(0, +) / count, .fraction, interval: MeanEstimate(of: shares)?.interval, count: shares.count)
    }

    /// A layer: nodes that one engine keeps together, and their time in a run.
    struct TimedLayer: Sendable {
        var title: String
        var type: String
        var implementation: String
        var time: Quantity
        var share: Quantity
        var group: Int
    }

    /// The layers of a stack, longest first; empty where its engine has no profiler.
    func timedLayers(of stack: Int) -> [TimedLayer] {
        guard let side = sides[stack] else { return [] }
        let named = TracedLayers(side.attribution, side.steps)
        return side.attribution.groups.indices.map { group in
            let part = side.times.groups[group]
            return TimedLayer(
                title: named.title(ofGroup: group), type: named.type(ofGroup: group),
                implementation: named.implementation(ofGroup: group),
                time: Quantity(part.nanoseconds, .nanoseconds, interval: part.interval, count: side.times.runCount),
                share: Quantity(part.share, .fraction, interval: part.shareInterval, count: side.times.runCount),
                group: group)
        }.sorted { ($1.time.value, $0.group) < ($0.time.value, $1.group) }
    }
}
