import Assets
import Engines
import Foundation
import Measurement
import Records
import Tensors

/// Times models of an evaluation: every variant in fresh processes, all alive together, in short bursts by turns.
struct ContestTimer: VariantTimer {
    let runs: ReplayRuns
    let evaluation: ReplayedEvaluation
    let spec: ReplaySpec
    /// The candidates that reach an engine, in the order of the bits of a set.
    let names: [String]
    /// Every model on every stack that completed in the record.
    let cells: [TimedCell]
    /// The places of the cells among all models on all stacks.
    private let places: [Int]

    /// What answers about latencies are gathered under.
    static let observable = "latency"

    init(_ runs: ReplayRuns, _ evaluation: ReplayedEvaluation, _ spec: ReplaySpec, names: [String]) {
        self.runs = runs
        self.evaluation = evaluation
        self.spec = spec
        self.names = names
        let record = runs.scene.recorded.record
        places = record.outcomes.indices.filter { record.outcomes[$0].isCompleted }
        cells = places.map { place in
            // Model by model, and the stacks within one.
            let outcome = record.outcomes[place]
            let labels = [Label.model: outcome.labels[Label.model] ?? "", Label.stack: outcome.stack]
            return TimedCell(
                observable: Self.observable, words: "\(labels[Label.model] ?? "") on \(outcome.stack)",
                metric: "replay.latency", labels: labels, recorded: record.metric("latency.median", labels)?.quantity)
        }
    }

    func times(of sets: [UInt64], cell: Int, precision: Double?) async throws -> VariantTimes? {
        var distinct: [Side] = []
        var variants: [UInt64: Int] = [:]
        for set in sets {
            let sides = try sides(here: set)
            guard sides.indices.contains(places[cell]) else { return nil }
            let side = sides[places[cell]]
            if !distinct.contains(side) { distinct.append(side) }
            variants[set] = distinct.firstIndex(of: side)
        }
        let entries = await contest(precision: distinct.count > 1 ? precision : nil).run(
            distinct.enumerated().map { $1.contender("variant \($0 + 1)") })
        guard entries.allSatisfy({ $0.outcome == .completed }) else { return nil }
        return VariantTimes(logarithms: entries.map(logarithms), variants: variants)
    }

    /// The logarithms of medians, one a process; processes of one index lived together.
    private func logarithms(_ entry: ContestEntry) -> [Double] {
        entry.processes.map { log(max(Selection.median(of: $0.flatMap(\.self)) ?? 1, 1)) }
    }

    private func contest(precision: Double?) -> Contest {
        Contest(
            plan: ContestPlan(
                processes: spec.processes, mostProcesses: precision == nil ? spec.processes : spec.processes * 3,
                budget: spec.budget, seed: spec.seed, precision: precision),
            limits: evaluation.spec.limits, launcher: runs.context.launcher, progress: runs.context.progress)
    }

    // MARK: - What is timed

    /// One model on one stack with what it is fed; two that are equal ask an engine for the same.
    private struct Side: Equatable {
        let stack: PreparedStack
        let model: ResolvedModel
        let inputs: [NamedTensor]

        func contender(_ title: String) -> Contender {
            Contender(title: title, stack: stack, model: model, inputs: inputs)
        }

        static func == (left: Side, right: Side) -> Bool {
            left.stack.request.options == right.stack.request.options
                && left.stack.request.environment == right.stack.request.environment
                && left.stack.request.engine == right.stack.request.engine && left.stack.build == right.stack.build
                && left.stack.libraries == right.stack.libraries && left.model.digest == right.model.digest
                && left.inputs == right.inputs
        }
    }

    /// Every model on every stack, model by model, with the first sample of the data.
    private func sides(here set: UInt64) throws -> [Side] {
        let chosen = Shares.chosen(set, of: names)
        guard let spec = try runs.question(here: chosen).spec as? EvaluateSpec else { return [] }
        let context = runs.variantContext(here: chosen)
        let data = try spec.data.map { try $0.source.open(relativeTo: try context.folder($0.origin)) }
        let stacks = try spec.stacks.map { try context.stack($0) }.withDistinctTitles
        return try spec.models.flatMap { modelSpec in
            let model = try context.model(modelSpec.model)
            let opened = try OpenedModel(modelSpec, model, in: spec, data: data, resources: context.resources)
            let inputs = try FirstInputs(opened, spec: spec, data: data).inputs
            return stacks.map { Side(stack: $0, model: model, inputs: inputs) }
        }
    }
}
