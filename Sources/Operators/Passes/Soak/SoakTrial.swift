import Graphs
import Tensors

/// The trial of one model: the models that passes make of it, each made once however many orders meet it.
struct SoakTrial {
    private let soak: PassSoak
    private let name: String
    private let context: PassContext
    private let original: Model
    private(set) var tally = PassSoak.Tally()
    /// The models that pipelines came to.
    private(set) var candidates: [PassSoak.Candidate] = []

    private var states: [Model]
    private var numbers: [StateKey: Int]
    private var steps: [Step: Int] = [:]
    private var finished: Set<Int> = [0]
    private var seen: Set<ModelFingerprint> = []
    /// The state that the last pipeline came to.
    private var last = 0

    private struct Step: Hashable {
        let state: Int
        let pass: Int
    }

    /// A model, told apart from others by all but the inside of large weights.
    private struct StateKey: Hashable {
        private let model: Model
        private let weights: [Int]

        init(model: Model) {
            weights = model.graph.initializers.map { ModelFingerprint.hash($0.tensor, $0.name) }
            var bare = model
            bare.graph.initializers = []
            self.model = bare
        }

        func hash(into hasher: inout Hasher) {
            for node in model.graph.nodes {
                hasher.combine(node.operatorType)
                hasher.combine(node.inputs)
                hasher.combine(node.outputs)
            }
            hasher.combine(weights)
        }
    }

    init(_ soak: PassSoak, _ model: Model, name: String, context: PassContext) {
        self.soak = soak
        self.name = name
        self.context = context
        original = model
        states = [model]
        numbers = [StateKey(model: model): 0]
        tally.models = 1
        tally.nodesBefore = model.nodeCount
    }

    mutating func noteNodesAfter() { tally.nodesAfter += states[last].nodeCount }

    /// Runs passes in an order until none finds anything.
    mutating func pipeline(_ order: [Int]) {
        tally.pipelines += 1
        var state = 0
        var isSettled = false
        for _ in 0..<soak.maximumRounds where !isSettled {
            let before = state
            for pass in order { state = step(state, pass) }
            isSettled = state == before
        }
        last = state
        let names = order.map { soak.passes[$0].name }
        if !isSettled { note(.endless, names, "still rewriting after \(soak.maximumRounds) rounds") }
        guard finished.insert(state).inserted else { return }
        let model = states[state]
        guard model.graph.outputs == original.graph.outputs,
            model.graph.requiredInputs.map(\.name) == original.graph.requiredInputs.map(\.name),
            original.overridableInputs(context).isSubset(of: model.graph.inputs.map(\.name))
        else { return note(.interface, names, "inputs or outputs have changed") }
        guard seen.insert(ModelFingerprint(model)).inserted else { return }
        candidates.append(PassSoak.Candidate(model: model, passes: names))
    }

    private mutating func step(_ state: Int, _ pass: Int) -> Int {
        let step = Step(state: state, pass: pass)
        if let known = steps[step] { return known }
        var model = states[state]
        let rewrites = soak.passes[pass].apply(to: &model, context)
        var next = state
        if rewrites > 0 {
            tally.rewrites[soak.passes[pass].name, default: 0] += rewrites
            next = number(of: model)
            if let problem = model.problems(limit: 1).first {
                note(.invalid, [soak.passes[pass].name], problem.description)
            }
        }
        steps[step] = next
        return next
    }

    private mutating func number(of model: Model) -> Int {
        let key = StateKey(model: model)
        if let known = numbers[key] { return known }
        states.append(model)
        numbers[key] = states.count - 1
        return states.count - 1
    }

    private mutating func note(_ kind: PassSoak.Finding.Kind, _ passes: [String], _ reason: String) {
        tally.findings.append(PassSoak.Finding(model: name, passes: passes, kind: kind, reason: reason))
    }
}
