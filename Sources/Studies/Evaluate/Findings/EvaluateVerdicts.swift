import Measurement
import Records

/// What an evaluation answers to the questions of the hallmark.
struct EvaluateVerdicts {
    let spec: EvaluateSpec
    let reports: [ModelReport]
    let record: Record
    /// The labels of the series that something disturbed.
    let disturbed: Set<Labels>

    var all: [Verdict] {
        reports.flatMap { report in [fast(report), itself(report), right(report)].compactMap(\.self) }
    }

    /// The fastest stack against the next one, in fresh processes where there were some.
    private func fast(_ report: ModelReport) -> Verdict? {
        guard spec.measure.enabled else { return nil }
        let timed = report.completed.compactMap { stack in
            metric("latency.median", report, stack).flatMap { metric in metric.value.map { (stack, metric, $0) } }
        }.sorted { $0.2 < $1.2 }
        guard let fastest = FastestStack(timed.map(\.0), contest: report.contest, certificate: report.certificate)
        else {
            return Verdict(
                .fast, subject: report.model.name, "no stack ran it to the end", .unknown, record: record.id)
        }
        var statement = fastest.statement
        if let trust = fastest.trust {
            statement += trust == .doubtful ? " (doubtful: the machine was not quiet)" : ""
        } else if timed.prefix(2).contains(where: { isDisturbed(report, $0.0) }) {
            statement += " (the runs were disturbed)"
        }
        let median = timed.first { $0.0.title == fastest.title }?.1
        return Verdict(.fast, subject: report.model.name, statement, fastest.state, metric: median, record: record.id)
    }

    private func isDisturbed(_ report: ModelReport, _ stack: StackReport) -> Bool {
        disturbed.contains([Label.model: report.model.name, Label.stack: stack.title])
    }

    /// Whether all stacks give the same outputs and answers.
    private func itself(_ report: ModelReport) -> Verdict? {
        guard let reference = report.reference else { return nil }
        let compared = report.completed.filter { $0.agreement != nil }
        let title = report.stacks[reference].title
        guard !compared.isEmpty else {
            return Verdict(
                .itself, subject: report.model.name, "only \(title) ran it: there is nothing to compare", .unknown,
                record: record.id)
        }
        let worst = compared.max { ($0.agreement?.distance ?? 0) < ($1.agreement?.distance ?? 0) }
        guard let worst, let agreement = worst.agreement else { return nil }
        let differing = compared.reduce(0) { $0 + ($1.agreement?.differingAnswers.count ?? 0) }
        let agrees = compared.allSatisfy {
            $0.agreement.map { $0.mismatches.isEmpty && $0.worst <= spec.tolerance } ?? false
        }
        let bound = MetricUnit.number.format(spec.tolerance)
        let distance =
            agreement.mismatches.first
            ?? (agrees ? "outputs agree within \(bound)" : "outputs differ by more than \(bound)")
        let answers = differing == 0 ? "the same answers" : "\(differing) differing answers"
        return Verdict(
            .itself, subject: report.model.name,
            "\(compared.count + 1) stacks on \(agreement.samples) sample\(agreement.samples == 1 ? "" : "s"): \(distance), \(answers); largest difference",
            agrees && differing == 0 ? .holds : .fails, metric: metric("agreement.outputs", report, worst),
            record: record.id, varies: false)
    }

    /// The accuracy on the reference stack; no bound was set, so it neither holds nor fails.
    private func right(_ report: ModelReport) -> Verdict? {
        guard let headline = report.task.headline, let reference = report.reference,
            let accuracy = metric(headline, report, report.stacks[reference])
        else { return nil }
        return Verdict(
            .right, subject: report.model.name, "\(headline) on \(report.stacks[reference].title); no bound was set",
            .unknown, metric: accuracy,
            record: record.id, varies: false)
    }

    private func metric(_ name: String, _ report: ModelReport, _ stack: StackReport) -> Metric? {
        record.metric(name, [Label.model: report.model.name, Label.stack: stack.title])
    }
}

extension Agreement {
    /// For ordering: a mismatch of shape or type is farther than any number.
    var distance: Double { mismatches.isEmpty ? worst : .infinity }
}
