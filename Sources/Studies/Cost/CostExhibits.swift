import Engines
import Measurement
import Records

/// The tables and charts of a COST study.
struct CostExhibits {
    let spec: CostSpec
    let findings: CostFindings
    let metrics: [Metric]

    var all: [Exhibit] { [answers, throughput, configurations] + [searches].compactMap(\.self) }

    private func metric(_ name: String, _ labels: Labels) -> Metric? {
        metrics.first { metric in
            metric.name == name && labels.allSatisfy { metric.labels[$0.key] == $0.value }
        }
    }

    private var singleThread: String { findings.baseline?.system ?? "none" }

    private var bound: String {
        spec.bound.map {
            ", at arrivals by a schedule of which \(LatencySummary.Percentile.name(spec.percentile / 100)) of the response "
                + "time is at most " + MetricUnit.nanoseconds.format($0 / .nanoseconds(1))
        } ?? ""
    }

    /// Whether configurations differ in their machines.
    private var hasMachines: Bool { spec.machines.count > 1 }

    private var machines: String {
        hasMachines ? " A number of machines counts with those threads and workers of each that do best." : ""
    }

    private var answers: Exhibit {
        let rows = findings.systems.flatMap { system in
            findings.directions(of: system).map { direction -> [Cell] in
                let answer = findings.answer(system, direction, spec)
                let state: Verdict.State =
                    switch answer?.state {
                    case .exact?, .range?: .holds
                    case .unbounded?: .fails
                    case .undecided?, nil: .unknown
                    }
                return [
                    .text(findings.stacks[system].title), .text(direction.words),
                    .state(state, answer?.text(direction.unit) ?? "not measured"),
                    answer?.crossing.map { .text(MetricUnit.number.format($0)) } ?? "",
                ]
            }
        }
        return Exhibit(
            "cost", title: "COST of \(findings.model.name)",
            caption: """
                The least configuration whose throughput beats the single thread of \(singleThread)\(bound). A range runs \
                from the least that may to the least that does so for certain (\(MetricUnit.fraction.format(spec.level)) \
                for all configurations of a system together). The crossing is where the curve between configurations \
                reaches the single thread.\(machines)
                """, question: .fast, varies: true,
            .table(
                Table(
                    columns: [
                        Table.Column("system"), Table.Column("grows by"), Table.Column("COST"),
                        Table.Column("crossing", .right),
                    ], rows: rows)))
    }

    /// As the paper draws it: absolute figures over the configuration, and the single thread as a line across.
    private var throughput: Exhibit {
        let series = findings.systems.flatMap { system in
            findings.directions(of: system).compactMap { direction -> LineChart.Series? in
                let entries = findings.entries(of: system).filter { direction.contains($0.configuration) }
                let points = entries.compactMap { entry -> LineChart.Point? in
                    guard let found = metric("cost.throughput", entry.labels), let value = found.value else {
                        return nil
                    }
                    return LineChart.Point(
                        Double(entry.configuration.size), value, lower: found.interval?.lower,
                        upper: found.interval?.upper)
                }
                guard !points.isEmpty else { return nil }
                let crews = Set(entries.map { [$0.configuration.threads, $0.configuration.workers] })
                let isCurve = direction == .machines ? crews.count == 1 : direction != .all
                return LineChart.Series(
                    "\(findings.stacks[system].title), \(direction.words)", points, style: isCurve ? .line : .points)
            }
        }
        return Exhibit(
            "throughput", title: "Throughput over the configuration",
            caption: "Where a curve rises above the line, the system beats a single thread.", question: .fast,
            .lines(
                LineChart(
                    x: Axis("threads of all workers", .count, scale: .logarithmic),
                    y: Axis("runs a second", .itemsPerSecond, scale: .logarithmic), series: series,
                    references: findings.baseline.map {
                        [Reference("single thread of \($0.system)", at: $0.throughput)]
                    } ?? [])))
    }

    private var configurations: Exhibit {
        var columns = [
            Table.Column("system"), Table.Column("threads", .right), Table.Column("workers", .right),
        ]
        if hasMachines { columns.append(Table.Column("machines", .right)) }
        columns.append(Table.Column("runs a second", .right))
        var names = ["cost.throughput"]
        func add(_ title: String, _ name: String) {
            guard let found = metrics.first(where: { $0.name.hasPrefix(name) }) else { return }
            columns.append(Table.Column(title, .right))
            names.append(found.name)
        }
        add("times the single thread", "cost.ratio")
        add("response \(LatencySummary.Percentile.name(spec.percentile / 100))", "cost.latency")
        add("price of a million", "cost.price-per-million")
        add("energy of one", "cost.energy")
        let rows = findings.entries.map { entry -> [Cell] in
            place(entry) + names.map { name in metric(name, entry.labels).map { Cell($0) } ?? "" }
        }
        return Exhibit(
            "configurations", title: "Every configuration",
            caption: (spec.bound == nil
                ? "All configurations took turns in \(spec.rounds) rounds of each of \(spec.processes) fresh processes; "
                : "The highest rate that holds the bound, searched once in each of \(spec.processes) fresh processes; ")
                + "workers of one configuration ran at the same time. Price and energy follow from what was given.",
            question: .fast, varies: true, .table(Table(columns: columns, rows: rows)))
    }

    /// What tells a configuration apart, as cells.
    private func place(_ entry: CostEntry) -> [Cell] {
        let configuration = entry.configuration
        let numbers = [configuration.threads, configuration.workers] + (hasMachines ? [configuration.machines] : [])
        return [.text(entry.system)] + numbers.map { .text(String($0)) }
    }

    /// One row a search.
    private var searches: Exhibit? {
        let rows = findings.entries.flatMap { entry in
            entry.searches.enumerated().map { process, search -> [Cell] in
                place(entry) + [
                    .text(String(process + 1)), rate(search.highestHeld), rate(search.lowestFailed),
                    .text(String(search.trials.count)),
                ]
            }
        }
        guard !rows.isEmpty else { return nil }
        let numbers = ["threads", "workers"] + (hasMachines ? ["machines"] : [])
        return Exhibit(
            "rates", title: "The searches for the highest rate",
            caption: "Each rate was decided by MLPerf's early stopping, at 99 % confidence.", question: .fast,
            varies: true,
            .table(
                Table(
                    columns: [Table.Column("system")]
                        + (numbers + ["process", "holds", "does not hold", "rates tried"]).map {
                            Table.Column($0, .right)
                        }, rows: rows)))
    }

    private func rate(_ rate: Double?) -> Cell { rate.map { .quantity(Quantity($0, LoadUnit.rate)) } ?? "none" }
}
