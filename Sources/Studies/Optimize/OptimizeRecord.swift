import Engines
import Graphs
import Measurement
import Operators
import Records
import Specs

/// Turns what was found into a record.
struct OptimizeRecord {
    let spec: OptimizeSpec
    let effective: SpecValue
    let findings: Optimize.Findings
    let context: StudyContext

    func build() throws -> RecordArchive {
        var record = Record(
            study: Optimize.name, title: "Optimisation of \(findings.model.name)", tool: context.tool,
            spec: try JSONCoding.value(of: effective), lock: try findings.prepared.lock(),
            ingredients: [findings.model.ingredient] + findings.prepared.compactMap(\.ingredient),
            machine: context.machine, seed: UInt64(clamping: spec.seed))
        record.isPartial = findings.isPartial
        record.metrics = sizes + findings.stacks.flatMap(metrics)
        record.outcomes = findings.stacks.map { Outcome(stack: $0.title, $0.outcome) }
        record.exhibits = [stages]
        record.notes = notes
        record.verdicts = findings.stacks.compactMap { verdict(on: $0, record) }
        return RecordArchive(record)
    }

    private var optimization: Optimization { findings.optimization }

    private var notes: [String] {
        var notes: [String] = []
        let (old, new) = (optimization.original.opsets[""] ?? 0, optimization.result.opsets[""] ?? 0)
        if old != new { notes.append("the standard operator set was raised from \(old) to \(new)") }
        for report in optimization.refusals {
            notes.append("what \(report.pass) made was put aside: \(report.refusal ?? "")")
        }
        return notes
    }

    private var sizes: [Metric] {
        [("before", optimization.before), ("after", optimization.after)].flatMap { name, size in
            [
                Metric("nodes.\(name)", Double(size.nodes), .count),
                size.operations.map { Metric("operations.\(name)", $0, .flop) }
                    ?? Metric("operations.\(name)", unavailable: "shapes are open", unit: .flop),
                size.bytes.map { Metric("traffic.\(name)", $0, .bytes, modelled: true) }
                    ?? Metric("traffic.\(name)", unavailable: "shapes are open", unit: .bytes),
            ]
        }
    }

    private func metrics(_ stack: Optimize.StackFindings) -> [Metric] {
        stack.comparisons.sorted { $0.key < $1.key }.flatMap { index, comparison -> [Metric] in
            let report = optimization.stages[index].report
            var labels: Labels = [Label.stack: stack.title]
            if spec.explains {
                labels["stage"] = String(index + 1)
                labels["pass"] = report.pass
            }
            var metrics = [Metric("difference.outputs", comparison.difference, .number, labels: labels)]
            if let ratio = comparison.ratio {
                metrics.append(
                    Metric(
                        "time.ratio", ratio.value, .ratio, interval: ratio.interval, count: ratio.count, labels: labels,
                        varies: true))
            }
            return metrics
        }
    }

    /// Stage by stage: what was rewritten, what is left, and what each engine shows.
    private var stages: Exhibit {
        let titles = findings.stacks.map(\.title)
        let columns =
            [Table.Column("pass")] + ["rewritten", "nodes", "operations", "traffic"].map { Table.Column($0, .right) }
            + titles.map { Table.Column("time on \($0)", .right) } + [Table.Column("largest difference", .right)]
        var rows = [row("as it was", rewrites: nil, optimization.before, stage: nil)]
        if spec.explains {
            for (index, stage) in optimization.stages.enumerated() {
                rows.append(
                    row(stage.report.pass, rewrites: stage.report.rewrites, stage.report.after, stage: index))
            }
        } else if !optimization.stages.isEmpty {
            let all = optimization.stages.reduce(0) { $0 + $1.report.rewrites }
            rows.append(row("all passes", rewrites: all, optimization.after, stage: optimization.stages.count - 1))
        }
        return Exhibit(
            "stages", title: "What the passes made of the model",
            caption:
                "After each pass that found something: what is left, the time of a run over that of the model as it "
                + "was (interleaved, with interval), and max|a−b| / max|b| of the outputs.", question: .why,
            varies: true,
            .table(Table(columns: columns, rows: rows)))
    }

    private func row(_ name: String, rewrites: Int?, _ size: PassReport.Size, stage: Int?) -> [Cell] {
        let comparisons = findings.stacks.map { stack in stage.flatMap { stack.comparisons[$0] } }
        let times = comparisons.map { comparison -> Cell in
            guard stage != nil else { return .text("1") }
            guard let ratio = comparison?.ratio else { return .missing("") }
            return .quantity(Quantity(ratio.value, .ratio, interval: ratio.interval, count: ratio.count))
        }
        let difference = comparisons.compactMap { $0?.difference }.max()
        return [
            .text(name), rewrites.map { .text(String($0)) } ?? .text(""), .text(String(size.nodes)),
            size.operations.map { .quantity(Quantity($0, .flop)) } ?? .missing("open"),
            size.bytes.map { .quantity(Quantity($0, .bytes)) } ?? .missing("open"),
        ] + times + [difference.map { .quantity(Quantity($0, .number)) } ?? .missing("")]
    }

    private func verdict(on stack: Optimize.StackFindings, _ record: Record) -> Verdict? {
        guard let difference = stack.finalDifference else { return nil }
        let holds = stack.mismatch == nil && difference <= spec.tolerance
        let words =
            stack.mismatch.map { "an output is not what it was: \($0)" }
            ?? "the outputs differ by at most \(MetricUnit.number.format(difference)) of their largest element"
        return Verdict(.itself, subject: stack.title, words, holds ? .holds : .fails, record: record.id, varies: false)
    }
}
