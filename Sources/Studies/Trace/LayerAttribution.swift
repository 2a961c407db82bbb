public import Engines
public import Graphs

/// Which nodes of a model each step of an engine stands for.
///
/// Every node has one fate. Nodes and steps that cannot be told apart form a group, whose time is measured as one:
///
/// 1. A node belongs to the step that writes one of its results, by name, also where the engine first writes it in a
///    layout of its own and rearranges it afterwards.
/// 2. Else to the first step that the engine says it went into.
/// 3. Else, where it repeats a node with the same inputs and attributes, to the step of that node.
/// 4. Else it was folded, where the engine knew its result before the first run, or all it reads is constant, or only
///    folded nodes read it.
/// 5. Else it was fused. Where a step after it reads, by name, a value before it, it belongs to that step: of several, to
///    the first in the order of the run. Else it belongs to the step before it, whose result the engine gave no name of the
///    model's.
/// 6. Nodes of a body whose engine tells nothing of the body belong to the step of the node that runs it.
///
/// A step that no node claims and that computes belongs to the group of the next step that reads its result; one that only
/// rearranges is listed as the engine's own.
public struct LayerAttribution: Sendable, Hashable, Codable {
    /// What became of a node.
    public enum Fate: Sendable, Hashable, Codable {
        /// Its time is in the steps of a group.
        case attributed(group: Int)
        /// The engine computed it before the first run, or there is nothing to compute: an input that is passed on.
        case folded
        /// No output depends on it, or it lies in a branch that was not taken.
        case unused
        /// No step was found for it.
        case unknown
    }

    /// Nodes and the steps that compute them, which cannot be told apart.
    public struct Group: Sendable, Hashable, Codable {
        /// The nodes, in the order of the model.
        public internal(set) var nodes: [Int]
        /// The node that names it: the heaviest operator, as far as its name tells, else the last one.
        public internal(set) var leading: Int
        /// The steps, in the engine's order.
        public internal(set) var steps: [Int]
    }

    /// The nodes of the model, those of bodies after the node that runs them.
    public internal(set) var nodes: [LayerNode]
    /// What became of each node.
    public internal(set) var fates: [Fate]
    /// The groups, in the order of their first nodes.
    public internal(set) var groups: [Group]
    /// Steps that the engine made for itself: other layouts, types or places of values.
    public internal(set) var rearrangements: [Int]
    /// Steps that compute, and nobody knows what for.
    public internal(set) var unclaimed: [Int]

    /// Attributes the steps of a profile to the nodes of the model that was profiled.
    public init(_ model: Model, _ profile: EngineProfile) {
        var builder = LayerAttributionBuilder(LayerGraph(model), profile)
        self = builder.attribution()
    }

    init(nodes: [LayerNode]) {
        self.nodes = nodes
        fates = Array(repeating: .unknown, count: nodes.count)
        groups = []
        rearrangements = []
        unclaimed = []
    }

    /// What tables call some nodes: the leading one, and how many more there are.
    func title(of nodes: [Int], leading: Int) -> String {
        guard self.nodes.indices.contains(leading) else { return "" }
        return self.nodes[leading].path + (nodes.count > 1 ? " and \(nodes.count - 1) more" : "")
    }

    /// How many nodes had which fate.
    public struct Counts: Sendable, Hashable, Codable {
        /// In the steps of a group.
        public var attributed = 0
        /// Computed before the first run.
        public var folded = 0
        /// Needed by no output of the run.
        public var unused = 0
        /// Without a step.
        public var unknown = 0

        /// The nodes together.
        public var total: Int { attributed + folded + unused + unknown }
    }

    /// How many nodes had which fate.
    public var counts: Counts {
        var counts = Counts()
        for fate in fates {
            switch fate {
            case .attributed: counts.attributed += 1
            case .folded: counts.folded += 1
            case .unused: counts.unused += 1
            case .unknown: counts.unknown += 1
            }
        }
        return counts
    }
}
