import Engines
import Measurement
import Records

/// What a study of load says: whether each run shows the engine, whether the bound is kept, which batch is best.
struct LoadVerdicts {
    let spec: LoadSpec
    let findings: LoadFindings
    let metrics: [Metric]

    var all: [Verdict] {
        let cells = findings.cells.filter { $0.outcome == .completed && !$0.rounds.isEmpty }
        return cells.map(audit) + cells.compactMap(overload) + cells.compactMap(bound) + cells.compactMap(rate)
            + sweeps.compactMap(best)
    }

    private func subject(_ cell: LoadCell) -> String { cell.words(withBatch: spec.batches.count > 1) }

    private func metric(_ name: String, _ cell: LoadCell) -> Metric? {
        metrics.first { $0.name == name && $0.labels == cell.labels }
    }

    /// A run that shows the generator instead of the engine is void.
    private func audit(_ cell: LoadCell) -> Verdict {
        let audit = cell.audit
        let isPassed = audit?.isPassed ?? false
        return Verdict(
            .fast, subject: subject(cell),
            isPassed ? "the engine set the figures, not the load generator" : audit?.sentence ?? "nothing was audited",
            isPassed ? .holds : .fails, metric: metric("load.generator.share", cell))
    }

    private func overload(_ cell: LoadCell) -> Verdict? {
        guard cell.isOverloaded else { return nil }
        let left = cell.rounds.reduce(0) { $0 + $1.unanswered }
        return Verdict(
            .fast, subject: subject(cell),
            "it keeps up with \(LoadUnit.rate.format(cell.offered ?? 0)); \(left) queries were left unanswered", .fails,
            metric: metric("load.queries", cell))
    }

    private func bound(_ cell: LoadCell) -> Verdict? {
        guard let bound = spec.bound, cell.scenario.isBounded, let rule = EarlyStopping(percentile: spec.judged) else {
            return nil
        }
        let queries = cell.rounds.reduce(0) { $0 + $1.queries }
        let over = cell.rounds.reduce(0) { $0 + $1.overBound }
        let name = LatencySummary.Percentile.name(spec.judged)
        let limit = MetricUnit.nanoseconds.format(Double(bound.wholeNanoseconds))
        let metric = metric("load.over-bound", cell)
        guard cell.audit?.isPassed ?? false else {
            return Verdict(
                .fast, subject: subject(cell), "\(name) within \(limit): cannot tell, the generator was late", .unknown,
                metric: metric)
        }
        switch cell.isOverloaded ? .fails : BoundDecision(rule, queries: queries, overBound: over) {
        case .holds:
            return Verdict(.fast, subject: subject(cell), "\(name) is within \(limit)", .holds, metric: metric)
        case .fails:
            return Verdict(.fast, subject: subject(cell), "\(name) is within \(limit)", .fails, metric: metric)
        case .undecided:
            let further = rule.furtherQueries(after: queries, overLatency: over)
            return Verdict(
                .fast, subject: subject(cell),
                "\(name) within \(limit): cannot tell, \(FurtherEvidence.queries(further).words)", .unknown,
                metric: metric)
        }
    }

    private func rate(_ cell: LoadCell) -> Verdict? {
        guard let search = cell.search, let bound = spec.bound else { return nil }
        let limit = MetricUnit.nanoseconds.format(Double(bound.wholeNanoseconds))
        let metric = metric("load.highest-rate", cell)
        guard let rate = search.highestHeld else {
            return Verdict(
                .fast, subject: subject(cell), "a rate was found that keeps \(limit)",
                search.isHopeless ? .fails : .unknown, metric: metric)
        }
        return Verdict(
            .fast, subject: subject(cell),
            "it keeps \(limit) at \(LatencySummary.Percentile.name(spec.judged)) up to \(LoadUnit.rate.format(rate))",
            .holds,
            metric: metric)
    }

    /// One sweep an engine and scenario.
    var sweeps: [BatchSweep] {
        spec.scenarios.flatMap { scenario in
            findings.stacks.compactMap { stack in
                BatchSweep(findings.cells.filter { $0.scenario == scenario && $0.title == stack.title })
            }
        }
    }

    private func best(_ sweep: BatchSweep) -> Verdict? {
        guard let best = sweep.best else { return nil }
        let equals = sweep.equals.map(String.init)
        let subject = "\(best.cell.scenario.title) on \(best.cell.title)"
        let metric = metric("load.throughput", best.cell)
        guard equals.isEmpty else {
            return Verdict(
                .fast, subject: subject,
                "batch \(best.cell.batch) gives the most samples a second, but cannot be told from "
                    + equals.joined(separator: ", "), .unknown, metric: metric)
        }
        return Verdict(
            .fast, subject: subject, "batch \(best.cell.batch) gives the most samples a second", .holds, metric: metric)
    }
}
