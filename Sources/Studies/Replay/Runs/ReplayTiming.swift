import Assets
import Engines
import Foundation
import Measurement
import Records
import Tensors

/// Times variants of a record side by side.
///
/// What is as recorded and what is as here take turns in fresh processes, so that only what was swapped differs; the times in the
/// record come from another day, so they are judged with the width of days.
struct ReplayTiming: Sendable {
    let runs: ReplayRuns
    let spec: ReplaySpec
    /// The candidates that reach an engine, in the order of the bits of a set.
    let names: [String]

    /// The standard deviation of the logarithm of a median between two sessions on one machine.
    ///
    /// It stands for what the rounds of one session do not show: layout in memory, neighbours, clock. It is a convention, not a
    /// measurement.
    static let sessionDeviation = 0.08
    /// The share within which the medians of two sessions count as the same.
    static let sessionMargin = 0.25

    /// Times every pair of model and stack.
    func run() async throws -> [TimedCell] {
        let everything = (UInt64(1) << UInt64(names.count)) - 1
        let ends = try [0, everything].map { try sides(here: $0) }
        let recorded = runs.scene.recorded
        let titles = recorded.record.stackTitles(recorded.spec)
        var cells: [TimedCell] = []
        for (place, name) in recorded.record.modelNames(recorded.spec).enumerated() {
            for (stack, title) in titles.enumerated() {
                guard !Task.isCancelled else { return cells }
                let index = place * titles.count + stack
                guard recorded.record.outcomes[index].isCompleted, ends.allSatisfy({ $0.indices.contains(index) })
                else {
                    continue
                }
                var cell = TimedCell(model: name, stack: title)
                runs.context.progress.report(.began("times of \(name) on \(title)"))
                await time(ends[0][index], ends[1][index], &cell)
                cells.append(cell)
            }
        }
        try await explain(&cells, everything)
        return cells
    }

    // MARK: - Both ends

    private func time(_ there: Side, _ here: Side, _ cell: inout TimedCell) async {
        let sides = there == here ? [there] : [there, here]
        let entries = await contest(precision: there == here ? nil : spec.margin / 2).run(
            sides.enumerated().map { $1.contender($0 == 0 ? "as recorded" : "as here") })
        guard let first = entries.first, first.outcome == .completed else { return }
        cell.session = session(first, cell)
        guard entries.count == 2, entries[1].outcome == .completed,
            let estimate = MeanEstimate(of: differences(entries[1], first))
        else { return }
        cell.controlled = ComparisonVerdict(
            ratio: exp(estimate.value), interval: estimate.interval.exponential, rounds: estimate.count,
            margin: spec.margin)
    }

    /// The logarithm of the ratio of medians, one a process; processes of one index lived together.
    private func differences(_ above: ContestEntry, _ below: ContestEntry) -> [Double] {
        zip(logarithms(above), logarithms(below)).map { $0 - $1 }
    }

    private func logarithms(_ entry: ContestEntry) -> [Double] {
        entry.processes.map { log(max(Selection.median(of: $0.flatMap(\.self)) ?? 1, 1)) }
    }

    /// The median now over the recorded one, with the width of both and that of days between them.
    private func session(_ entry: ContestEntry, _ cell: TimedCell) -> ComparisonVerdict? {
        let metric = runs.scene.recorded.record.metric(
            "latency.median", [Label.model: cell.model, Label.stack: cell.stack])
        guard let recorded = metric?.value, recorded > 0, let now = MeanEstimate(of: logarithms(entry)) else {
            return nil
        }
        let ratio = now.value - log(recorded)
        let own = (now.interval.upper - now.interval.lower) / 2
        let other = metric?.interval.map { log(max($0.upper, 1) / max($0.lower, 1)) / 2 } ?? 0
        let days = Distributions.inverseNormal(0.975) * Self.sessionDeviation
        let half = (own * own + other * other + days * days).squareRoot()
        return ComparisonVerdict(
            ratio: exp(ratio),
            interval: Interval(lower: exp(ratio - half), upper: exp(ratio + half), method: "sessions"), rounds: 1,
            margin: Self.sessionMargin)
    }

    private func contest(precision: Double?) -> Contest {
        Contest(
            plan: ContestPlan(
                processes: spec.processes, mostProcesses: precision == nil ? spec.processes : spec.processes * 3,
                budget: spec.budget, seed: spec.seed, precision: precision),
            limits: runs.scene.recorded.spec.limits, launcher: runs.context.launcher, progress: runs.context.progress)
    }

    // MARK: - Causes

    /// Swaps ingredients one at a time where the times differ the most.
    private func explain(_ cells: inout [TimedCell], _ everything: UInt64) async throws {
        let differing = cells.indices.filter { index in
            switch cells[index].controlled?.outcome {
            case .faster, .slower: true
            default: false
            }
        }
        guard let worst = differing.max(by: { distance(cells[$0]) < distance(cells[$1]) }) else { return }
        if names.count == 1, let ratio = cells[worst].controlled {
            // Both ends were timed already, and nothing else was swapped.
            cells[worst].cause = ReplayCause(
                observable: Self.observable,
                parts: [(names[0], log(ratio.ratio), ratio.interval.map { log($0.upper / $0.lower) / 2 })], together: 0,
                rest: 0, total: log(ratio.ratio))
            return
        }
        runs.context.progress.report(.began("times of \(cells[worst].model), one swap at a time"))
        let sets = Shares.sets(of: names.count)
        let places = places(of: cells[worst])
        var distinct: [Side] = []
        var entryOf: [UInt64: Int] = [:]
        for set in sets {
            let sides = try sides(here: set)
            guard sides.indices.contains(places) else { return }
            let side = sides[places]
            if !distinct.contains(side) { distinct.append(side) }
            entryOf[set] = distinct.firstIndex(of: side)
        }
        let entries = await contest(precision: nil).run(distinct.enumerated().map { $1.contender("variant \($0 + 1)") })
        guard entries.allSatisfy({ $0.outcome == .completed }) else { return }
        cells[worst].cause = cause(entries.map(logarithms), entryOf)
    }

    static let observable = "latency"

    /// The shares of every process by itself, and their mean with its interval.
    private func cause(_ logarithms: [[Double]], _ entryOf: [UInt64: Int]) -> ReplayCause? {
        let processes = logarithms.map(\.count).min() ?? 0
        let shares = (0..<processes).compactMap { process in
            Shares(of: names.count) { set in
                entryOf[set].flatMap { entry in entryOf[0].map { logarithms[entry][process] - logarithms[$0][process] }
                }
            }
        }
        guard !shares.isEmpty else { return nil }
        let mean = { (number: (Shares) -> Double) in shares.map(number).reduce(0, +) / Double(shares.count) }
        let parts = names.indices.map { index -> (name: String, value: Double, half: Double?) in
            let estimate = MeanEstimate(of: shares.map { $0.values[index] })
            return (
                names[index], mean { $0.values[index] }, estimate.map { ($0.interval.upper - $0.interval.lower) / 2 }
            )
        }
        return ReplayCause(
            observable: Self.observable, parts: parts, together: mean { $0.together }, rest: 0, total: mean { $0.total }
        )
    }

    private func distance(_ cell: TimedCell) -> Double { abs(log(cell.controlled?.ratio ?? 1)) }

    private func places(of cell: TimedCell) -> Int {
        let recorded = runs.scene.recorded
        let titles = recorded.record.stackTitles(recorded.spec)
        let model = recorded.record.modelNames(recorded.spec).firstIndex(of: cell.model) ?? 0
        return model * titles.count + (titles.firstIndex(of: cell.stack) ?? 0)
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
        let chosen = Set(names.indices.filter { set & (1 << UInt64($0)) != 0 }.map { names[$0] })
        let spec = try runs.evaluation(here: chosen)
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

extension Interval {
    /// The interval of the exponential.
    fileprivate var exponential: Interval {
        Interval(lower: exp(lower), upper: exp(upper), level: level, method: "paired-processes")
    }
}
