import Measurement
import Records

/// The numbers of a study of load.
struct LoadMetrics {
    let spec: LoadSpec
    let findings: LoadFindings

    var all: [Metric] { findings.cells.flatMap(metrics) }

    private func metrics(_ cell: LoadCell) -> [Metric] {
        guard cell.outcome == .completed, !cell.rounds.isEmpty else {
            let reason = cell.outcome == .completed ? "interrupted before it ran" : cell.outcome.description
            return [
                Metric("load.throughput", unavailable: reason, unit: .itemsPerSecond, labels: cell.labels),
                Metric("latency.response.mean", unavailable: reason, unit: .nanoseconds, labels: cell.labels),
            ] + highestRate(cell)
        }
        return rates(cell) + latencies(cell) + audits(cell) + bounds(cell) + highestRate(cell)
    }

    // MARK: Rates

    private func rates(_ cell: LoadCell) -> [Metric] {
        let queries = cell.rounds.map(\.queriesPerSecond)
        let mean = queries.reduce(0, +) / Double(queries.count)
        let count = cell.rounds.reduce(0) { $0 + $1.queries }
        let interval = interval(cell)
        func scaled(_ factor: Double) -> Interval? {
            interval.map {
                Interval(lower: $0.lower * factor, upper: $0.upper * factor, level: $0.level, method: $0.method)
            }
        }
        let samples = Double(cell.samples)
        let busy = cell.rounds.map(\.busyShare).reduce(0, +) / Double(cell.rounds.count)
        var metrics = [
            Metric(
                "load.queries", mean, LoadUnit.rate, interval: scaled(1), count: count, labels: cell.labels,
                varies: true),
            Metric(
                "load.throughput", mean * samples, .itemsPerSecond, interval: scaled(samples), count: count,
                labels: cell.labels),
            Metric("load.busy", busy, .fraction, count: count, labels: cell.labels, varies: true),
        ]
        if let offered = cell.offered {
            metrics.append(Metric("load.offered", offered, LoadUnit.rate, labels: cell.labels, varies: true))
        }
        return metrics
    }

    /// The interval of queries a second: of the rounds' means, or of blocks of one run.
    private func interval(_ cell: LoadCell) -> Interval? {
        if cell.rounds.count > 1 {
            return MeanEstimate(of: cell.rounds.map(\.queriesPerSecond), method: "round-means")?.interval
        }
        let ends = cell.rounds[0].times(isScheduled: cell.scenario.isScheduled).end.sorted()
        return ThroughputEstimate(samples: zip(ends.dropFirst(), ends).map { $0 - $1 })?.interval
    }

    // MARK: Times

    private func latencies(_ cell: LoadCell) -> [Metric] {
        var metrics: [Metric] = []
        if let response = cell.responses(spec.told) {
            metrics += times("latency.response", response, cell, isWhole: !cell.isOverloaded)
        }
        if let service = cell.services(spec.told) { metrics += times("latency.service", service, cell, isWhole: true) }
        return metrics
    }

    private func times(_ name: String, _ summary: LatencySummary, _ cell: LoadCell, isWhole: Bool) -> [Metric] {
        guard isWhole else {
            let reason = "the queue grew until the run was ended: the longest waits are not among the answers"
            return
                (summary.percentiles.map { "\(name).\(LatencySummary.Percentile.name($0.share))" } + ["\(name).mean"])
                .map {
                    Metric($0, unavailable: reason, unit: .nanoseconds, labels: cell.labels)
                }
        }
        var metrics = [
            Metric("\(name).mean", summary.mean, .nanoseconds, count: summary.count, labels: cell.labels),
            Metric("\(name).max", summary.greatest, .nanoseconds, count: summary.count, labels: cell.labels),
        ]
        for percentile in summary.percentiles {
            let title = "\(name).\(LatencySummary.Percentile.name(percentile.share))"
            metrics.append(metric(title, percentile, of: summary.count, cell))
            // MLPerf's figure is told by MLPerf's rule alone, which takes queries for independent.
            if percentile.share == spec.judged, let estimate = percentile.estimate {
                metrics.append(
                    Metric(
                        "\(title).early-stopping", estimate, .nanoseconds, count: summary.count, labels: cell.labels))
            }
        }
        return metrics
    }

    /// A percentile with its interval; without the queries that it needs, it says how many those are.
    private func metric(
        _ name: String, _ percentile: LatencySummary.Percentile, of count: Int, _ cell: LoadCell
    ) -> Metric {
        guard let value = percentile.value else {
            let needed = percentile.neededQueries
            let reason =
                percentile.independentQueries.map {
                    "needs \(needed) independent queries, and the \(count) are worth \($0)"
                } ?? "needs \(needed) queries, and there are \(count)"
            return Metric(name, unavailable: reason, unit: .nanoseconds, labels: cell.labels)
        }
        return Metric(
            name, value, .nanoseconds, interval: percentile.interval, count: count, labels: cell.labels)
    }

    // MARK: The generator

    private func audits(_ cell: LoadCell) -> [Metric] {
        guard let audit = cell.audit else { return [] }
        let count = cell.rounds.reduce(0) { $0 + $1.queries }
        return [
            Metric("load.generator.share", audit.share, .fraction, count: count, labels: cell.labels, varies: true)
        ] + judgedLateness(cell) + [
            Metric(
                "load.generator.lateness.max", audit.greatestLateness, .nanoseconds, count: count, labels: cell.labels),
            Metric(
                "load.generator.spin", Double(cell.rounds[0].spinNanoseconds), .nanoseconds, labels: cell.labels),
        ]
    }

    /// The judged percentile of the lateness, by the rules of the other times.
    private func judgedLateness(_ cell: LoadCell) -> [Metric] {
        let lateness = cell.summary(\.lateness, \.lateness, [spec.judged])
        let judged = lateness?.percentiles.first { $0.share == spec.judged }
        guard let lateness, let judged else { return [] }
        return [
            metric(
                "load.generator.lateness.\(LatencySummary.Percentile.name(spec.judged))", judged, of: lateness.count,
                cell)
        ]
    }

    // MARK: The bound

    private func bounds(_ cell: LoadCell) -> [Metric] {
        guard spec.bound != nil, cell.scenario.isBounded else { return [] }
        let count = cell.rounds.reduce(0) { $0 + $1.queries }
        let over = cell.rounds.reduce(0) { $0 + $1.overBound }
        return [
            Metric(
                "load.over-bound", Double(over) / Double(max(count, 1)), .fraction,
                interval: ProportionInterval.wilson(successes: over, trials: count), count: count, labels: cell.labels,
                varies: true)
        ]
    }

    private func highestRate(_ cell: LoadCell) -> [Metric] {
        guard let search = cell.search else { return [] }
        guard let rate = search.highestHeld else {
            return [
                Metric(
                    "load.highest-rate", unavailable: "no rate that was tried keeps the bound", unit: LoadUnit.rate,
                    labels: cell.labels)
            ]
        }
        return [
            Metric(
                "load.highest-rate", rate, LoadUnit.rate, interval: search.interval, count: search.trials.count,
                labels: cell.labels, varies: true)
        ]
    }
}
