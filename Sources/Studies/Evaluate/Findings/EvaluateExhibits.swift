import Foundation
import Records

/// The tables and charts of an evaluation.
struct EvaluateExhibits {
    let spec: EvaluateSpec
    let reports: [ModelReport]
    let metrics: [Metric]
    /// What disturbed the runs; `nil` where nothing was timed.
    let stationarity: Exhibit?

    var all: [Exhibit] {
        let device = DeviceExhibit(reports: reports, metrics: metrics).exhibit
        let speed = [summary, latencyChart, tails, device].compactMap(\.self) + distributions
        let rest = [stationarity, footprint, disagreements, accuracyChart, answers].compactMap(\.self)
        return speed + rest + classes
    }

    private func metric(_ name: String, _ report: ModelReport, _ stack: StackReport) -> Metric? {
        metrics.first {
            $0.name == name && $0.labels[Label.model] == report.model.name && $0.labels[Label.stack] == stack.title
        }
    }

    // MARK: - Tables

    /// The two numbers that most readers want, side by side, and nothing else.
    private var summary: Exhibit {
        let headline = reports.compactMap(\.task.headline).first.map { [(Self.short($0), $0)] } ?? []
        let speed = spec.measure.enabled ? [("median", "latency.median")] : []
        let rest = headline.isEmpty && speed.isEmpty ? [("load", "load.time")] : []
        return table(
            "summary", title: "Accuracy and speed", question: .fast,
            caption: "95 % intervals and counts. Stacks ran side by side, each in a process of its own.",
            columns: headline + speed + rest)
    }

    /// The tail of the run times and the rate of one stream.
    private var tails: Exhibit? {
        guard spec.measure.enabled else { return nil }
        return table(
            "tails", title: "Tails and throughput", question: .fast,
            caption: "A percentile is left out where there were too few runs for its interval.",
            columns: [("p90", "latency.p90"), ("p99", "latency.p99"), ("throughput", "throughput")])
    }

    /// What loading took, what memory was needed, and how far the outputs lie from the reference stack's.
    private var footprint: Exhibit {
        table(
            "footprint", title: "Footprint and agreement", question: .itself,
            caption: "Memory is the peak of the worker's process. Differences are max|a-b| / max|b| over all samples.",
            columns: [
                ("load", "load.time"), ("peak memory", "memory.peak"), ("of the model", "memory.model"),
                ("difference", "agreement.outputs"),
            ])
    }

    /// The further measures of accuracy, where the task has more than its headline.
    private var answers: Exhibit? {
        let names = accuracyNames.filter { name in !reports.contains { $0.task.headline == name } }
        guard !names.isEmpty else { return nil }
        return table(
            "answers", title: "Further measures of accuracy", question: .right, caption: "95 % Wilson intervals.",
            columns: names.map { (Self.short($0), $0) })
    }

    private static func short(_ name: String) -> String { name.replacingOccurrences(of: "accuracy.", with: "") }

    /// One row for each model on each stack; a stack that did not complete says why.
    private func table(
        _ name: String, title: String, question: Question, caption: String, columns: [(title: String, metric: String)]
    ) -> Exhibit {
        let rows = reports.flatMap { report in
            report.stacks.map { stack -> [Cell] in
                let head: [Cell] = [.text(report.model.name), .text(stack.title)]
                guard stack.outcome == .completed else {
                    return head + [.state(.fails, stack.outcome.name)]
                        + Array(repeating: Cell.text(""), count: columns.count - 1)
                }
                return head
                    + columns.map { column in
                        if column.metric == "agreement.outputs", stack.index == report.reference {
                            return .text("reference")
                        }
                        return metric(column.metric, report, stack).map { Cell($0) } ?? .missing("not measured")
                    }
            }
        }
        return Exhibit(
            name, title: title, caption: caption, question: question,
            .table(
                Table(
                    columns: [Table.Column("model"), Table.Column("stack")]
                        + columns.map { Table.Column($0.title, .right) }, rows: rows)))
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
