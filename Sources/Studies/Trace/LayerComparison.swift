public import Engines
public import Graphs

/// The layer profiles of several engines on one model, block by block.
///
/// Engines fuse different nodes. A block is the smallest set of nodes that no engine's group reaches out of, so that its
/// time can be told for each of them.
public struct LayerComparison: Sendable, Hashable, Codable {
    /// One engine's profile of the model.
    public struct Side: Sendable, Hashable, Codable {
        /// What tables call the engine.
        public var title: String
        /// Which nodes its steps stand for.
        public var attribution: LayerAttribution
        /// How its time divides.
        public var times: LayerTimes
        /// Its steps.
        public var steps: [EngineProfile.Step]

        /// Attributes a profile and adds its times up.
        ///
        /// - Parameter runs: the times of the runs as their caller measured them, in nanoseconds.
        public init(title: String, _ model: Model, _ profile: EngineProfile, runs: [Int64]) {
            self.title = title
            attribution = LayerAttribution(model, profile)
            times = LayerTimes(attribution, profile, runs: runs)
            steps = profile.steps
        }
    }

    /// Some nodes, and how long each engine spends on them.
    public struct Block: Sendable, Hashable, Codable {
        /// The nodes, in the order of the model.
        public var nodes: [Int]
        /// The node that names it.
        public var leading: Int
        /// For each engine the groups that make it up; empty where the engine folded all of it.
        public var groups: [[Int]]
        /// For each engine the mean time a run, in nanoseconds.
        public var nanoseconds: [Double]
    }

    /// The engines.
    public let sides: [Side]
    /// The blocks, in the order of their first nodes.
    public let blocks: [Block]

    /// Compares profiles of one model; the sides must be of that model.
    public init(_ sides: [Side]) {
        self.sides = sides
        let count = sides.map(\.attribution.nodes.count).min() ?? 0
        var sets = DisjointSets(count: count)
        var isTimed = Array(repeating: false, count: count)
        for group in sides.flatMap(\.attribution.groups) {
            let nodes = group.nodes.filter { $0 < count }
            for node in nodes {
                isTimed[node] = true
                if let first = nodes.first { sets.join(first, node) }
            }
        }
        var members: [Int: [Int]] = [:]
        for node in 0..<count where isTimed[node] { members[sets.root(of: node), default: []].append(node) }
        blocks = members.values.sorted { $0[0] < $1[0] }.map { nodes in
            let groups = sides.map { side in
                side.attribution.groups.indices.filter { index in
                    side.attribution.groups[index].nodes.first.map { sets.root(of: $0) == sets.root(of: nodes[0]) }
                        ?? false
                }
            }
            return Block(
                nodes: nodes, leading: LayerWeight.leading(nodes, sides.first?.attribution.nodes ?? []), groups: groups,
                nanoseconds: zip(sides, groups).map { side, groups in
                    groups.reduce(0) { $0 + side.times.groups[$1].nanoseconds }
                })
        }
    }
}
