import Foundation
import Records

/// The tables and charts of an evaluation.
struct EvaluateExhibits {
    let spec: EvaluateSpec
    let reports: [ModelReport]
    let metrics: [Metric]

    var all: [Exhibit] {
        [summary, footprint] + [accuracyChart, latencyChart].compactMap(\.self) + distributions + classes
            + [disagreements].compactMap(\.self)
    }

    private func metric(_ name: String, _ report: ModelReport, _ stack: StackReport) -> Metric? {
        metrics.first {
            $0.name == name && $0.labels[Label.model] == report.model.name && $0.labels[Label.stack] == stack.title
        }
    }

    // MARK: - Tables

    /// What an evaluation is read for, in the room of a terminal.
    private var summary: Exhibit {
        let speed = spec.measure.enabled ? ["latency.median", "latency.p90", "latency.p99", "throughput"] : []
        let columns =
            accuracyNames.map { ($0.replacingOccurrences(of: "accuracy.", with: ""), $0) }
            + speed.map { ($0.replacingOccurrences(of: "latency.", with: ""), $0) }
        return Exhibit(
            "summary", title: "Accuracy and speed",
            caption: "Values with 95 % intervals and counts. Stacks ran side by side, each in a process of its own.",
            question: .fast, .table(table(columns)))
    }

    private var footprint: Exhibit {
        Exhibit(
            "footprint", title: "Footprint and agreement",
            caption:
                "Time to load, peak memory of the worker, and max|a-b| / max|b| of outputs to the reference stack.",
            question: .fast,
            .table(
                table([("load", "load.time"), ("peak memory", "memory.peak"), ("difference", "agreement.outputs")])))
    }

    /// One row a model and stack, one column a metric; a stack that failed says so in the first one.
    private func table(_ columns: [(title: String, metric: String)]) -> Table {
        let rows = reports.flatMap { report in
            report.stacks.map { stack -> [Cell] in
                let head: [Cell] = [.text(report.model.name), .text(stack.title)]
                guard stack.outcome == .completed else {
                    return head + [.text(stack.outcome.description)]
                        + Array(repeating: Cell.text(""), count: max(0, columns.count - 1))
                }
                return head
                    + columns.map { column in
                        if column.metric == "agreement.outputs", stack.index == report.reference {
                            return .text("reference")
                        }
                        return metric(column.metric, report, stack).map { Cell($0) } ?? .text("–")
                    }
            }
        }
        return Table(
            columns: [Table.Column("model"), Table.Column("stack")]
                + (columns.isEmpty ? [Table.Column("outcome")] : columns.map { Table.Column($0.title, .right) }),
            rows: columns.isEmpty ? rows.map { $0.count == 2 ? $0 + [.text("completed")] : $0 } : rows)
    }

    private var accuracyNames: [String] {
        var names: [String] = []
        for metric in metrics
        where metric.name.hasPrefix("accuracy.") && !metric.name.hasSuffix(".correct") && !names.contains(metric.name) {
            names.append(metric.name)
        }
        return names
    }

    private var disagreements: Exhibit? {
        let rows = reports.flatMap { report in
            report.stacks.flatMap { stack in
                (stack.agreement?.differingAnswers ?? []).map { sample -> [Cell] in
                    [
                        .text(report.model.name), .text(sample), .text(answer(sample, report, report.reference)),
                        .text(stack.title), .text(answer(sample, report, stack.index)),
                    ]
                }
            }
        }
        guard !rows.isEmpty else { return nil }
        return Exhibit(
            "disagreements", title: "Samples on which stacks disagree",
            caption: "The answer of the reference stack and that of the stack that differs.", question: .itself,
            .table(
                Table(
                    columns: ["model", "sample", "reference", "stack", "answer"].map { Table.Column($0) }, rows: rows)))
    }

    private func answer(_ sample: String, _ report: ModelReport, _ index: Int?) -> String {
        guard let index, let answer = report.stacks[index].answers.first(where: { $0.name == sample })?.answer else {
            return "–"
        }
        switch answer {
        case .ranked(let classes):
            let task = report.task as? ClassificationTask
            return classes.first.map { task?.title(of: $0) ?? String($0) } ?? "–"
        case .text(let text): return text
        case .vector, .none: return "–"
        }
    }

    private var classes: [Exhibit] {
        reports.flatMap { report -> [Exhibit] in
            guard let reference = report.reference else { return [] }
            return report.task.exhibits(report.stacks[reference].answers, subject: report.model.name).map { exhibit in
                var exhibit = exhibit
                exhibit.name += "-" + report.model.name
                return exhibit
            }
        }
    }

    // MARK: - Charts

    private var stackTitles: [String] { reports.first?.stacks.map(\.title) ?? [] }

    private func bars(_ name: String) -> [BarChart.Series] {
        stackTitles.indices.map { index in
            BarChart.Series(
                stackTitles[index],
                reports.map { report in
                    let stack = report.stacks[index]
                    return stack.outcome == .completed ? metric(name, report, stack)?.quantity : nil
                })
        }
    }

    private var latencyChart: Exhibit? {
        guard spec.measure.enabled, metrics.contains(where: { $0.name == "latency.median" }) else { return nil }
        return Exhibit(
            "latency", title: "Median time of one run",
            caption: "Whiskers are 95 % intervals of the median.", question: .fast,
            .bars(
                BarChart(
                    categories: reports.map(\.model.name), axis: Axis("median latency", .nanoseconds),
                    series: bars("latency.median"))))
    }

    private var accuracyChart: Exhibit? {
        guard let headline = reports.compactMap(\.task.headline).first,
            metrics.contains(where: { $0.name == headline })
        else { return nil }
        return Exhibit(
            "accuracy", title: "Accuracy",
            caption: "\(headline) with 95 % Wilson intervals: the samples stand for a population.", question: .right,
            .bars(
                BarChart(
                    categories: reports.map(\.model.name), axis: Axis(headline, .fraction), series: bars(headline))))
    }

    private var distributions: [Exhibit] {
        reports.compactMap { report in
            let timed = report.completed.filter { !$0.rounds.isEmpty }
            guard !timed.isEmpty else { return nil }
            return Exhibit(
                "distribution-" + report.model.name, title: "How the run times of \(report.model.name) spread",
                caption: "All runs of all rounds that were kept.", question: .fast,
                .distribution(
                    DistributionChart(
                        axis: Axis("time of one run", .nanoseconds),
                        series: timed.map { stack in
                            DistributionChart.Series(stack.title, samples: stack.rounds.flatMap { $0.map(Double.init) })
                        })))
        }
    }
}
