import Graphs
import Tensors

/// The trial of one model: the models that passes make of it, each made and compared once however many orders meet it.
struct SoakTrial {
    private let soak: PassSoak
    private let name: String
    private let context: PassContext
    private let reference: [String: Value]
    private let original: Model
    private(set) var tally = PassSoak.Tally()

    private var states: [Model]
    private var numbers: [Model: Int]
    private var steps: [Step: Int] = [:]
    private var checked: Set<Int> = [0]

    private struct Step: Hashable {
        let state: Int
        let pass: Int
    }

    init(_ soak: PassSoak, _ model: Model, name: String, context: PassContext, reference: [String: Value]) {
        self.soak = soak
        self.name = name
        self.context = context
        self.reference = reference
        original = model
        states = [model]
        numbers = [model: 0]
        tally.models = 1
        tally.nodesBefore = model.nodeCount
    }

    /// The state that the last pipeline came to.
    private var last = 0

    mutating func noteNodesAfter() { tally.nodesAfter += states[last].nodeCount }

    /// Runs passes in an order until none finds anything, and compares the result.
    mutating func pipeline(_ order: [Int], _ run: PassSoak.Runner) {
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
        if checked.insert(state).inserted { check(states[state], names, run) }
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
        if let known = numbers[model] { return known }
        states.append(model)
        numbers[model] = states.count - 1
        return states.count - 1
    }

    private mutating func check(_ model: Model, _ names: [String], _ run: PassSoak.Runner) {
        tally.results += 1
        guard model.graph.outputs == original.graph.outputs,
            model.graph.requiredInputs.map(\.name) == original.graph.requiredInputs.map(\.name),
            Set(original.overridableInputs(context)).isSubset(of: model.graph.inputs.map(\.name))
        else { return note(.interface, names, "inputs or outputs have changed") }
        let outputs: [String: Value]
        do { outputs = try run(model) } catch { return note(.failing, names, "\(error)") }
        for info in original.graph.outputs {
            guard let old = reference[info.name], let new = outputs[info.name] else {
                return note(.interface, names, "output '\(info.name)' has no value")
            }
            if let problem = difference(new, old) { return note(.differing, names, "\(info.name): \(problem)") }
        }
    }

    /// What sets two values apart; `nil` where they agree.
    private mutating func difference(_ new: Value, _ old: Value) -> String? {
        switch (new, old) {
        case (.sequence(let a, _), .sequence(let b, _)):
            guard a.count == b.count else { return "\(a.count) elements should be \(b.count)" }
            for (x, y) in zip(a, b) { if let problem = difference(x, y) { return problem } }
            return nil
        case (.optional(let a?, _), .optional(let b?, _)): return difference(a, b)
        case (.optional(nil, _), .optional(nil, _)): return nil
        default: break
        }
        guard let a = new.tensor, let b = old.tensor else { return "\(new.type) should be \(old.type)" }
        let bound: Double =
            switch b.elementType {
            case .float16, .bfloat16: 0.01
            case let type where type.isFloatingPoint: soak.tolerance
            default: 0
            }
        let comparison = TensorComparison(a, reference: b, tolerance: .agreement(bound, nanEqualsNaN: true))
        if comparison.agrees { tally.largestDifference = max(tally.largestDifference, comparison.agreement) }
        return comparison.agrees ? nil : comparison.description
    }

    private mutating func note(_ kind: PassSoak.Finding.Kind, _ passes: [String], _ reason: String) {
        tally.findings.append(PassSoak.Finding(model: name, passes: passes, kind: kind, reason: reason))
    }
}
