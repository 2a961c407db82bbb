public import Graphs
import Tensors

/// Tries passes on many models: each alone, and all in random orders, and compares what the results give.
public struct PassSoak: Sendable {
    /// The passes tried.
    public var passes: [any Pass]
    /// In how many random orders all passes are tried on each model.
    public var orders: Int
    /// How far outputs of floats may differ, max|a−b| / max|b|; everything else must be equal.
    public var tolerance = 1e-4
    /// The most rounds until nothing may be left to do.
    public var maximumRounds = 12

    /// Makes a soak.
    public init(passes: [any Pass] = PassCatalogue.standard.passes, orders: Int = 20) {
        self.passes = passes
        self.orders = orders
    }

    /// What went wrong with one model.
    public struct Finding: Sendable, Hashable {
        /// What kind of failure it is.
        public enum Kind: String, Sendable, Hashable, CaseIterable {
            /// The result breaks a rule of the format.
            case invalid
            /// The result does not run though the model did.
            case failing
            /// An output differs beyond the class.
            case differing
            /// Inputs or outputs are not what they were.
            case interface
            /// After many rounds there was still something to rewrite.
            case endless
        }
        /// The model.
        public var model: String
        /// The passes, in order.
        public var passes: [String]
        /// What kind of failure it is.
        public var kind: Kind
        /// In words.
        public var reason: String

        /// Makes a finding.
        public init(model: String, passes: [String], kind: Kind, reason: String) {
            self.model = model
            self.passes = passes
            self.kind = kind
            self.reason = reason
        }
    }

    /// What was tried, and what went wrong.
    public struct Tally: Sendable {
        /// Models tried.
        public var models = 0
        /// Pipelines run: single passes and orders.
        public var pipelines = 0
        /// Applications of passes that rewrote something, by pass.
        public var rewrites: [String: Int] = [:]
        /// Different models that were made and compared.
        public var results = 0
        /// Nodes of the models as they were, and after the first order.
        public var nodesBefore = 0
        /// Nodes after the passes in the order of the catalogue.
        public var nodesAfter = 0
        /// What went wrong.
        public var findings: [Finding] = []
        /// The largest max|a−b| / max|b| of an output of floats.
        public var largestDifference = 0.0

        /// Nothing tried.
        public init() {}

        /// Adds another tally.
        public mutating func add(_ other: Tally) {
            models += other.models
            pipelines += other.pipelines
            rewrites.merge(other.rewrites, uniquingKeysWith: +)
            results += other.results
            nodesBefore += other.nodesBefore
            nodesAfter += other.nodesAfter
            findings += other.findings
            largestDifference = max(largestDifference, other.largestDifference)
        }
    }

    /// A model that passes made of another.
    public struct Candidate: Sendable {
        /// The model.
        public var model: Model
        /// Passes that make it, in order, applied until nothing changes.
        public var passes: [String]
    }

    /// Everything that passes make of a model, alone and in random orders, validated and not yet run.
    public struct Exploration: Sendable {
        /// What was tried, and rules of the format that were broken.
        public var tally: Tally
        /// The models made; of those that compute the same by the same nodes, one.
        public var candidates: [Candidate]
    }

    /// Applies passes to a model.
    ///
    /// - Parameters:
    ///   - name: what findings call it.
    ///   - seed: decides the orders.
    public func explore(_ model: Model, name: String, seed: UInt64, context: PassContext) -> Exploration {
        var trial = SoakTrial(self, model, name: name, context: context)
        for index in passes.indices { trial.pipeline([index]) }
        trial.pipeline(Array(passes.indices))
        trial.noteNodesAfter()
        var random = SplitMix64(seed: seed)
        for _ in 0..<orders { trial.pipeline(random.shuffled(Array(0..<passes.count))) }
        return Exploration(tally: trial.tally, candidates: trial.candidates)
    }

    /// Tries the random graph of a seed on the reference kernels.
    ///
    /// Every second graph may be raised to a newer operator set.
    public func run(seed: UInt64) -> Tally {
        let graph = RandomGraph(seed: seed)
        let name = "seed \(seed)"
        guard let reference = try? graph.outputs() else {
            var tally = Tally()
            tally.findings = [
                Finding(model: name, passes: [], kind: .failing, reason: "the graph itself does not run")
            ]
            return tally
        }
        let context = PassContext(maximumOpset: seed % 2 == 0 ? nil : 24)
        var exploration = explore(graph.model, name: name, seed: seed, context: context)
        for candidate in exploration.candidates {
            do {
                let outputs = try PreparedInterpreter(candidate.model).run(values: graph.inputs)
                exploration.tally.compare(outputs, reference, of: candidate, name: name, tolerance: tolerance)
            } catch {
                exploration.tally.findings.append(
                    Finding(model: name, passes: candidate.passes, kind: .failing, reason: "\(error)"))
            }
        }
        return exploration.tally
    }
}
