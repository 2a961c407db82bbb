import Engines
import Records

/// The tables and charts of a benchmark.
struct BenchExhibits {
    let spec: BenchSpec
    let findings: BenchFindings
    let metrics: [Metric]

    var all: [Exhibit] {
        [
            means, map, times, footprint, agreement, peaks, roofline, denormals, threads, activations,
            configurations, rewrites,
        ].compactMap(\.self)
    }

    private var own: String { findings.stacks.first?.request.engine ?? "" }

    func metric(_ name: String, _ labels: Labels) -> Metric? {
        metrics.first { metric in
            metric.name == name && labels.allSatisfy { metric.labels[$0.key] == $0.value }
        }
    }

    private var means: Exhibit? {
        let found = metrics.filter { $0.name == "time.geomean" }
        guard !found.isEmpty else { return nil }
        return Exhibit(
            "means", title: "Time of \(own) over that of the faster peer, by kind of network",
            caption: "Geometric means over all models of the kind, with 95 % intervals.", question: .fast,
            .table(
                Table(
                    columns: [
                        Table.Column("kind"), Table.Column("batch", .right), Table.Column("threads", .right),
                        Table.Column("models", .right), Table.Column("ratio", .right),
                    ],
                    rows: found.map { metric in
                        [
                            .text(metric.labels["group"] ?? ""), .text(metric.labels[Label.batch] ?? ""),
                            .text(metric.labels[Label.threads] ?? ""), .text(metric.count.map(String.init) ?? ""),
                            Cell(metric),
                        ]
                    })))
    }

    /// One column a batch and thread count.
    private var map: Exhibit? {
        let names = findings.cells.map(\.variant.file.name).reduce(into: [String]()) {
            if !$0.contains($1) { $0.append($1) }
        }
        guard names.count > 1, findings.stacks.count > 1 else { return nil }
        let columns = spec.threads.flatMap { threads in spec.batches.map { (batch: $0, threads: threads) } }
        return Exhibit(
            "ratios", title: "Time of \(own) over that of the faster peer",
            caption: "Below 1, \(own) is the faster one.", question: .fast,
            .heatMap(
                HeatMap(
                    rows: names, rowTitle: "model",
                    columns: columns.map {
                        "batch \($0.batch), \($0.threads == 1 ? "1 thread" : "\($0.threads) threads")"
                    },
                    axis: Axis("ratio", .ratio, scale: .logarithmic),
                    values: names.map { name in
                        columns.map { column in
                            metric(
                                "time.ratio",
                                [
                                    Label.model: name, Label.batch: String(column.batch),
                                    Label.threads: String(column.threads),
                                ])?.value
                        }
                    }, center: 1)))
    }

    private var times: Exhibit? {
        guard !findings.cells.isEmpty else { return nil }
        let rows = findings.cells.map { cell -> [Cell] in
            [
                .text(cell.variant.file.name), .text(String(cell.variant.batch)), .text(String(cell.threads)),
            ]
                + cell.entries.map { entry in
                    metric("time.run", cell.labels.merging([Label.stack: entry.title]) { $1 }).map { Cell($0) } ?? ""
                } + [
                    metric("time.ratio", cell.labels).map { Cell($0) } ?? "",
                    .text(cell.against.map { findings.stacks[$0.peer].request.engine } ?? ""),
                    .text(
                        cell.entries.dropFirst().map(\.configuration).joined(separator: "; ")),
                ]
        }
        return Exhibit(
            "times", title: "Median time of one run",
            caption: """
                With one thread the processor time of the worker, with several the time that passes; 95 % intervals. The \
                engines took turns. Each peer ran in the better of its configurations, which are named last.
                """, question: .fast,
            .table(
                Table(
                    columns: [Table.Column("model"), Table.Column("batch", .right), Table.Column("threads", .right)]
                        + findings.stacks.map { Table.Column($0.title, .right) }
                        + [
                            Table.Column("ratio", .right), Table.Column("to"), Table.Column("peers ran"),
                        ], rows: rows)))
    }

    private var footprint: Exhibit? {
        let reports = findings.fresh.filter { $0.variant.batch == spec.batches.first }
        guard spec.parts.contains(.load), !reports.isEmpty else { return nil }
        let kinds = [("load.time", "load.ratio", "load"), ("memory.peak", "memory.ratio", "memory")]
        let rows = reports.map { report -> [Cell] in
            [.text(report.variant.file.name)]
                + kinds.flatMap { name, ratio, _ in
                    report.entries.map { entry in
                        metric(name, report.variant.labels.merging([Label.stack: entry.title]) { $1 }).map {
                            Self.plain($0)
                        } ?? ""
                    } + [metric(ratio, report.variant.labels).map { Cell($0) } ?? ""]
                }
        }
        return Exhibit(
            "footprint", title: "Load time and peak memory of fresh workers",
            caption: "Medians of \(spec.loads) workers each; peak resident memory after the first run.",
            question: .fast,
            .table(
                Table(
                    columns: [Table.Column("model")]
                        + kinds.flatMap { _, _, title in
                            findings.stacks.map { Table.Column("\(title), \($0.request.engine)", .right) }
                                + [Table.Column("\(title), ratio", .right)]
                        }, rows: rows)))
    }

    /// Without the interval, which the ratio beside it has.
    static func plain(_ metric: Metric) -> Cell {
        metric.value.map { .text(metric.unit.format($0)) } ?? Cell(metric)
    }

    private var agreement: Exhibit? {
        let found = metrics.filter { $0.name == "agreement.outputs" }
        guard !found.isEmpty, findings.stacks.indices.contains(findings.reference) else { return nil }
        let rows = found.map { metric -> [Cell] in
            let isQuantized = metric.labels["arithmetic"] == "int8"
            let differing = self.metric("agreement.labels.differing", metric.labels)
            let state: Cell =
                metric.value.map { value in
                    let holds = isQuantized ? differing?.value == 0 : value <= spec.tolerance
                    return .state(holds ? .holds : .fails, MetricUnit.number.format(value))
                } ?? Cell(metric)
            return [
                .text(metric.labels[Label.model] ?? ""), .text(metric.labels[Label.batch] ?? ""),
                .text(metric.labels[Label.stack] ?? ""), .text(metric.labels["arithmetic"] ?? ""), state,
                isQuantized ? differing?.value.map { .text("\(Int($0)) of \(differing?.count ?? 0)") } ?? "" : "",
            ]
        }
        return Exhibit(
            "agreement", title: "Outputs against those of \(findings.stacks[findings.reference].title)",
            caption: """
                max|a−b| / max|b| over all outputs, at most \(MetricUnit.number.format(spec.tolerance)) in f32. A label is \
                the place of the largest value along the last axis; int8 must keep the labels.
                """, question: .itself,
            .table(
                Table(
                    columns: [
                        Table.Column("model"), Table.Column("batch", .right), Table.Column("stack"),
                        Table.Column("arithmetic"), Table.Column("difference", .right),
                        Table.Column("labels that differ", .right),
                    ], rows: rows)))
    }
}
