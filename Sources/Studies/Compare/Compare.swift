import Assets
import Engines
import Foundation
import Graphs
import Measurement
public import Records
public import Specs

/// The study behind `assay compare`: whether a difference between models, engines or machines is real.
public struct Compare: Sendable {
    /// The name of the study in records.
    public static let name = "compare"

    let context: StudyContext

    /// Makes the study.
    public init(_ context: StudyContext) { self.context = context }

    /// A comparison that was read and found to be possible: the sides, ready to start.
    struct Prepared: Sendable {
        var contenders: [Contender]
        var stacks: [PreparedStack]
    }

    /// Times the sides side by side and answers.
    ///
    /// - Throws: the error of the module whose rule the user's input breaks.
    public func run(_ spec: CompareSpec, effective: SpecValue) async throws -> (RecordArchive, CompareFindings) {
        let prepared = try prepare(spec)
        return try await run(prepared.contenders, stacks: prepared.stacks, spec, effective: effective)
    }

    /// Times contenders side by side and answers; every other one is compared with the first.
    ///
    /// - Throws: `RecordError`.
    func run(
        _ contenders: [Contender], stacks: [PreparedStack], _ spec: CompareSpec, effective: SpecValue
    ) async throws -> (RecordArchive, CompareFindings) {
        let entries = await contest(contenders, spec)
        var findings = findings(entries, contenders, spec)
        findings.isPartial = Task.isCancelled
        findings.notes +=
            contenders.flatMap { $0.model.formNotes([$0.stack]) }.uniqued() + notes(entries, spec)
            + findings.warmupNotes + findings.stationarityNotes
        let record = CompareRecord(
            spec: spec, effective: effective, findings: findings, context: context,
            ingredients: contenders.flatMap(\.model.ingredients) + stacks.compactMap(\.ingredient),
            lock: try stacks.lock())
        return (try record.build(), findings)
    }

    /// Reads the models and makes the stacks ready.
    func prepare(_ spec: CompareSpec) throws -> Prepared {
        try spec.checkGates()
        guard spec.sides.count > 1 else {
            throw StudyError(
                .side, subject: "sides", reason: "there is \(spec.sides.count) side", remedy: "give two or more")
        }
        // What the user gave is checked before anything is installed.
        var read: [String: (ResolvedModel, [NamedTensor])] = [:]
        for side in spec.sides where read[side.model] == nil { read[side.model] = try self.read(side.model, spec) }
        for shape in spec.shapes where !read.values.contains(where: { $1.contains { $0.name == shape.name } }) {
            throw StudyError(
                .shape, subject: "shape of '\(shape.name)'", reason: "no model has such an input",
                remedy: "the inputs are " + Set(read.values.flatMap { $1.map(\.name) }).sorted().joined(separator: ", ")
            )
        }
        let models = try spec.sides.compactMap { side in
            try read[side.model].map { (try resolved(side), $0.1) }
        }
        let stacks = try spec.sides.map { try context.stack($0.stack) }
        let titles = Self.titles(spec.sides, stacks.map(\.title), models.map(\.0.shownName))
        let contenders = zip(spec.sides, zip(stacks, zip(models, titles))).map { side, rest in
            let (stack, ((model, inputs), title)) = rest
            return Contender(
                title: title, stack: stack, model: model, inputs: inputs, addedWork: side.addedWork)
        }
        return Prepared(contenders: contenders, stacks: stacks)
    }

    /// The model of a side with the form that it runs.
    private func resolved(_ side: CompareSide) throws -> ResolvedModel {
        try context.giving(side.forms, to: side.model, for: [side.stack]).model(side.model)
    }

    private func read(_ reference: String, _ spec: CompareSpec) throws -> (ResolvedModel, [NamedTensor]) {
        let model = try context.model(reference)
        let graph = try Model(contentsOf: model.path)
        try graph.validate()
        let names = Set(graph.graph.requiredInputs.map(\.name))
        let shapes = spec.shapes.filter { names.contains($0.name) }
        let inputs = try BenchInputs(
            model: BenchSuite.model(named: reference),
            shapes: Dictionary(shapes.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 }), batch: nil,
            seed: spec.seed
        ).make(for: graph.graph)
        return (model, inputs)
    }

    /// What tells the sides apart, and nothing else: the stack, the model, or both; two of one title get a number.
    static func titles(_ sides: [CompareSide], _ stacks: [String], _ models: [String]) -> [String] {
        let (oneStack, oneModel) = (Set(stacks).count == 1, Set(models).count == 1)
        var counts: [String: Int] = [:]
        return sides.indices.map { index in
            let made = oneModel ? stacks[index] : oneStack ? models[index] : "\(models[index]) on \(stacks[index])"
            let added = sides[index].addedWork
            let work = added > 0 ? " + \(MetricUnit.percent.format(added * 100)) of work" : ""
            let title = sides[index].name ?? (made + work)
            counts[title, default: 0] += 1
            return (counts[title] ?? 1) > 1 ? "\(title) #\(counts[title] ?? 1)" : title
        }
    }

    func contest(_ contenders: [Contender], _ spec: CompareSpec) async -> [ContestEntry] {
        context.progress.report(.began(spec.shownTitle(contenders.map(\.title))))
        let statistics = spec.allStatistics
        let plan = spec.plan
        let contest = Contest(
            plan: plan, limits: spec.limits, launcher: context.launcher, progress: context.progress)
        return await contest.run(contenders) { entries in
            guard let rule = plan.rule, let first = entries.first else { return true }
            return statistics.allSatisfy { statistic in
                entries.dropFirst().filter { $0.outcome == .completed }.allSatisfy { entry in
                    rule.isEnough(ContestRatio(statistic, entry, over: first)?.estimate)
                }
            }
        }
    }

    func findings(_ entries: [ContestEntry], _ contenders: [Contender], _ spec: CompareSpec) -> CompareFindings {
        var findings = CompareFindings(
            sides: zip(entries, contenders).map { entry, contender in
                var side = CompareFindings.Side(
                    title: entry.title, model: contender.model.name, stack: contender.stack.title)
                side.processes = entry.processes
                side.warmups = entry.warmups
                side.outcome = entry.outcome
                side.log = entry.log
                for statistic in spec.allStatistics { side.figures[statistic] = entry.figure(statistic) }
                return side
            })
        findings.certificate = ContestCertificate(entries)
        let judge = CompareJudge(spec: spec)
        for statistic in spec.allStatistics {
            let candidates = entries.indices.dropFirst().map { index -> CompareJudge.Candidate in
                var candidate = CompareJudge.Candidate(side: index, against: 0)
                let ratio = ContestRatio(statistic, entries[index], over: entries[0])
                candidate.estimate = ratio?.estimate
                candidate.logarithms = ratio?.logarithms ?? []
                if ratio == nil {
                    candidate.obstacle =
                        [entries[index], entries[0]].first { $0.outcome != .completed }?.outcome.description
                        ?? "too few runs for this statistic"
                }
                return candidate
            }
            findings.comparisons += judge.comparisons(statistic, candidates)
        }
        findings.gates = judge.gates(findings)
        return findings
    }

    private func notes(_ entries: [ContestEntry], _ spec: CompareSpec) -> [String] {
        var notes = [
            "\(entries.first?.processes.count ?? 0) fresh processes of each side, \(spec.rounds) rounds each, in turns of "
                + MetricUnit.nanoseconds.format(spec.burst / .nanoseconds(1)) + " in an order drawn anew each round."
        ]
        if Set(spec.sides.map(\.stack.place)).count > 1 {
            notes.append("The sides ran on different machines: the ratio is one of machines as well.")
        }
        for (entry, side) in zip(entries, spec.sides) where side.addedWork > 0 {
            notes.append("\(entry.title): spinning of a calibrated length is inside its times.")
        }
        return notes
    }
}

extension CompareSpec {
    /// The title asked for, or one made of the sides.
    func shownTitle(_ sides: [String]) -> String {
        title ?? "Comparison of " + sides.joined(separator: " and ")
    }
}

extension ContestEntry {
    /// The statistic of all processes with its interval at 95 %; `nil` where there are too few.
    func figure(_ statistic: ComparedStatistic) -> Quantity? {
        let values = values(statistic).filter(\.isFinite)
        guard !values.isEmpty else { return nil }
        if let probability = statistic.probability, probability > 0.5 {
            guard QuantileEstimate(probability, of: samples) != nil,
                let estimate = HierarchicalBootstrap(
                    of: runTimes, draws: Self.draws(runs: samples.count), seed: 1,
                    statistic: HierarchicalBootstrap.quantile(probability))
            else { return nil }
            return Quantity(estimate.value, statistic.unit, interval: estimate.interval, count: samples.count)
        }
        let isRobust = statistic != .mean && statistic != .throughput
        guard let ratio = RatioEstimate(logarithms: values.map { Foundation.log($0) }, isRobust: isRobust) else {
            return Quantity(values[0], statistic.unit, count: 1)
        }
        return Quantity(ratio.value, statistic.unit, interval: ratio.interval(), count: values.count)
    }
}
