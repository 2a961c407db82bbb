import Engines
import Measurement
import Records

/// The tables and charts of a study of load.
struct LoadExhibits {
    let spec: LoadSpec
    let findings: LoadFindings
    let metrics: [Metric]
    let sweeps: [BatchSweep]

    var all: [Exhibit] {
        ([summary] + curves + [throughput, latency, comparison, search, audit]).compactMap(\.self)
    }

    private var measured: [LoadCell] { findings.cells.filter { $0.outcome == .completed && !$0.rounds.isEmpty } }

    private var hasBatches: Bool { spec.batches.count > 1 }

    private var judged: String { LatencySummary.Percentile.name(spec.judged) }

    func cell(_ name: String, _ cell: LoadCell) -> Cell {
        metrics.first { $0.name == name && $0.labels == cell.labels }.map { Cell($0) } ?? ""
    }

    /// The columns that say which run it is, and no more of them than are needed.
    private var heading: [Table.Column] {
        [Table.Column("scenario"), Table.Column("stack")] + (hasBatches ? [Table.Column("batch", .right)] : [])
            + (hasRates ? [Table.Column("offered", .right)] : [])
    }

    private var hasRates: Bool { spec.scenarios.contains(.server) }

    private func heads(_ row: LoadCell) -> [Cell] {
        [.text(row.scenario.title), .text(row.title)] + (hasBatches ? [.text(String(row.batch))] : [])
            + (hasRates ? [cell("load.offered", row)] : [])
    }

    private var summary: Exhibit? {
        guard !findings.cells.isEmpty else { return nil }
        return Exhibit(
            "load", title: "Load",
            caption: """
                Response times count from when a query was due, service times from when the engine was given it. \
                Percentiles with intervals of 95 %, told once there are the queries that MLPerf's early stopping takes, and \
                the independent ones that the interval takes.
                """, question: .fast,
            .table(
                Table(
                    columns: heading
                        + ["samples/s", "response p50", "response \(judged)", "service \(judged)"].map {
                            Table.Column($0, .right)
                        },
                    rows: findings.cells.map { row in
                        heads(row) + [
                            cell("load.throughput", row), cell("latency.response.p50", row),
                            cell("latency.response.\(judged)", row), cell("latency.service.\(judged)", row),
                        ]
                    })))
    }

    // MARK: Percentiles

    /// One chart a batch: both curves of every scenario and engine.
    private var curves: [Exhibit] {
        spec.batches.compactMap { batch in
            let cells = measured.filter { $0.batch == batch && !$0.isOverloaded }
            let series = cells.flatMap { cell in
                let name = spec.scenarios.count > 1 ? "\(cell.scenario.title), \(cell.title)" : cell.title
                let service = curve("service: \(name)", cell.services(spec.told))
                // Without a schedule both are the same, but for all samples at once: those responses only rise.
                guard cell.scenario.isScheduled else { return [service] }
                return [curve("response: \(name)", cell.responses(spec.told)), service]
            }.filter { !$0.points.isEmpty }
            guard !series.isEmpty else { return nil }
            return Exhibit(
                "percentiles" + (hasBatches ? "-batch-\(batch)" : ""),
                title: "Response and service time by percentile" + (hasBatches ? ", batch \(batch)" : ""),
                caption: """
                    2 is the median, 100 the 99th percentile, 1000 the 99.9th. Response counts from when a query was due, \
                    service from when the engine was given it: what lies between the two is waiting. Each curve ends \
                    where its queries, or those of them that count as independent, no longer carry a percentile.
                    """, question: .fast,
                .lines(
                    LineChart(
                        x: Axis("1 / (1 − percentile)", .number, scale: .logarithmic),
                        y: Axis("time", .nanoseconds, scale: .logarithmic), series: series,
                        references: spec.bound.map {
                            [Reference("bound", at: Double($0.wholeNanoseconds))]
                        } ?? [])))
        }
    }

    private func curve(_ name: String, _ summary: LatencySummary?) -> LineChart.Series {
        guard let summary else { return LineChart.Series(name, []) }
        return LineChart.Series(
            name,
            summary.histogram.curve(until: summary.rarest).map { LineChart.Point($0.rarity, max($0.time, 1)) })
    }

    // MARK: Batches

    private func byBatch(
        _ name: String, title: String, axis: Axis, caption: String, _ value: (LoadCell) -> Metric?
    ) -> Exhibit? {
        guard hasBatches else { return nil }
        let series = spec.scenarios.flatMap { scenario in
            findings.stacks.map { stack -> LineChart.Series in
                let points = measured.filter { $0.scenario == scenario && $0.title == stack.title }.compactMap { cell in
                    value(cell).flatMap { metric in
                        metric.value.map {
                            LineChart.Point(
                                Double(cell.batch), $0, lower: metric.interval?.lower, upper: metric.interval?.upper)
                        }
                    }
                }
                return LineChart.Series(
                    spec.scenarios.count > 1 ? "\(scenario.title), \(stack.title)" : stack.title, points)
            }
        }.filter { !$0.points.isEmpty }
        guard !series.isEmpty else { return nil }
        return Exhibit(
            name, title: title, caption: caption, question: .fast,
            .lines(LineChart(x: Axis("batch", .count, scale: .logarithmic), y: axis, series: series)))
    }

    private var throughput: Exhibit? {
        byBatch(
            "throughput", title: "Samples a second by batch", axis: Axis("throughput", .itemsPerSecond),
            caption: "With intervals of 95 % over the rounds."
        ) { cell in metrics.first { $0.name == "load.throughput" && $0.labels == cell.labels } }
    }

    private var latency: Exhibit? {
        byBatch(
            "latency", title: "Mean response time by batch", axis: Axis("response time", .nanoseconds),
            caption: "The time of a whole batch, from when its query was due."
        ) { cell in metrics.first { $0.name == "latency.response.mean" && $0.labels == cell.labels } }
    }

    private var comparison: Exhibit? {
        guard !sweeps.isEmpty else { return nil }
        return Exhibit(
            "batches", title: "Batches compared",
            caption: """
                Samples a second over those of the best batch, round by round. The p-values of one engine's batches are \
                adjusted for their number (Holm).
                """, question: .fast,
            .table(
                Table(
                    columns: [Table.Column("scenario"), Table.Column("stack"), Table.Column("batch", .right)]
                        + ["samples/s", "of the best", "adjusted p"].map { Table.Column($0, .right) }
                        + [Table.Column("")],
                    rows: sweeps.flatMap(\.entries).map { entry in
                        [
                            .text(entry.cell.scenario.title), .text(entry.cell.title),
                            .text(String(entry.cell.batch)), cell("load.throughput", entry.cell),
                            entry.ratio.map { .quantity($0.quantity) } ?? "",
                            entry.adjusted.map { .quantity(Quantity($0, .number)) } ?? "",
                            .text(entry.adjusted == nil ? "best" : entry.isSlower ? "slower" : "cannot be told apart"),
                        ]
                    })))
    }

    // MARK: The highest rate

    private var search: Exhibit? {
        let cells = findings.cells.filter { $0.search != nil }
        guard !cells.isEmpty else { return nil }
        return Exhibit(
            "rates", title: "The search for the highest rate",
            caption: "Each rate was decided by MLPerf's early stopping, at 99 % confidence.", question: .fast,
            varies: true,
            .table(
                Table(
                    columns: [
                        Table.Column("stack"), Table.Column("batch", .right), Table.Column("rate", .right),
                        Table.Column("keeps the bound"),
                    ],
                    rows: cells.flatMap { cell in
                        (cell.search?.trials ?? []).map { trial in
                            [
                                .text(cell.title), .text(String(cell.batch)),
                                .quantity(Quantity(trial.rate, LoadUnit.rate)), Self.cell(trial.decision),
                            ]
                        }
                    })))
    }

    private static func cell(_ decision: BoundDecision) -> Cell {
        switch decision {
        case .holds: .state(.holds, "yes")
        case .fails: .state(.fails, "no")
        case .undecided: .state(.unknown, "undecided")
        }
    }

    // MARK: The generator

    private var audit: Exhibit? {
        guard !measured.isEmpty else { return nil }
        return Exhibit(
            "generator", title: "Audit of the load generator",
            caption: """
                Lateness is how much later than it could have the generator gave queries to the engine. Its share is what \
                a percentile loses when the queue is computed again without lateness: of the median, the 90th and the \
                judged one the worst. Without a schedule it is the share of the threads' time between queries.
                """, question: .fast,
            .table(
                Table(
                    columns: heading
                        + ["lateness \(judged)", "greatest", "at", "response", "if punctual", "share"].map {
                            Table.Column($0, .right)
                        } + [Table.Column("")],
                    rows: measured.map { row in
                        heads(row) + [
                            cell("load.generator.lateness.\(judged)", row), time(row.audit?.greatestLateness),
                            .text(row.audit.map { LatencySummary.Percentile.name($0.percentile) } ?? ""),
                            time(row.audit?.response),
                            time(row.audit?.punctualResponse),
                            row.audit.map { .quantity(Quantity($0.share, .fraction)) } ?? "",
                            row.audit.map { .state($0.isPassed ? .holds : .fails, $0.isPassed ? "counts" : "void") }
                                ?? "",
                        ]
                    })))
    }

    private func time(_ value: Double?) -> Cell { value.map { .quantity(Quantity($0, .nanoseconds)) } ?? "" }
}
