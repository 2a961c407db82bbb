import Assets
import Measurement
import Records

/// The numbers of one model on every stack.
struct EvaluateMetrics {
    let report: ModelReport
    let measure: MeasureSpec

    var all: [Metric] {
        report.completed.flatMap { stack in
            accuracy(stack) + agreement(stack) + latency(stack) + footprint(stack)
        } + ratios + loading
    }

    /// The other stacks' times over those of the fastest, from fresh processes.
    private var ratios: [Metric] {
        guard let first = report.contest.first else { return [] }
        return report.contest.dropFirst().map { entry in
            let labels = [Label.model: report.model.name, Label.stack: entry.title, "against": first.title]
            guard let ratio = ContestRatio(.median, entry, over: first)?.estimate else {
                return Metric(
                    "latency.median.ratio", unavailable: "fewer than two processes of each", unit: .ratio,
                    labels: labels)
            }
            return Metric(
                "latency.median.ratio", ratio.value, .ratio, interval: ratio.interval(), count: ratio.count,
                labels: labels, varies: true)
        }
    }

    private func labels(_ stack: StackReport) -> Labels {
        [Label.model: report.model.name, Label.stack: stack.title]
    }

    private func accuracy(_ stack: StackReport) -> [Metric] {
        report.task.score(stack.answers).map { $0.labelled(labels(stack)) }
    }

    private func agreement(_ stack: StackReport) -> [Metric] {
        guard let agreement = stack.agreement else { return [] }
        let labels = labels(stack)
        let outputs =
            agreement.mismatches.isEmpty
            ? Metric("agreement.outputs", agreement.worst, .number, count: agreement.samples, labels: labels)
            : Metric(
                "agreement.outputs", unavailable: agreement.mismatches[0], unit: .number, labels: labels)
        return [
            outputs,
            Metric(
                "agreement.answers.differing", Double(agreement.differingAnswers.count), .count,
                count: agreement.samples, labels: labels),
        ]
    }

    private func latency(_ stack: StackReport) -> [Metric] {
        guard measure.enabled, !stack.rounds.isEmpty else { return [] }
        return LatencyMetrics(rounds: stack.rounds, labels: labels(stack)).all
            + DeviceMetrics(stretches: stack.stretches, labels: labels(stack)).all
    }

    private func footprint(_ stack: StackReport) -> [Metric] {
        let labels = labels(stack)
        var metrics: [Metric] = []
        if let time = stack.loadTime {
            metrics.append(Metric("load.time", time / .nanoseconds(1), .nanoseconds, count: 1, labels: labels))
        }
        if let peak = stack.peakMemory {
            metrics.append(Metric("memory.peak", Double(peak), .bytes, count: 1, labels: labels))
            if let base = stack.baseMemory {
                metrics.append(Metric("memory.model", Double(peak - base), .bytes, count: 1, labels: labels))
            }
        }
        return metrics
    }

    /// How much of reading and pre-processing was hidden behind predicting.
    private var loading: [Metric] {
        guard let times = report.loading else { return [] }
        let labels = [Label.model: report.model.name]
        var metrics = [
            Metric("loading.busy", times.busy / .nanoseconds(1), .nanoseconds, count: times.delivered, labels: labels),
            Metric(
                "loading.waiting", times.waiting / .nanoseconds(1), .nanoseconds, count: times.delivered, labels: labels
            ),
        ]
        if let overlap = times.overlap {
            metrics.append(
                Metric("loading.overlap", overlap, .fraction, count: times.delivered, labels: labels, varies: true))
        }
        return metrics
    }
}

extension Metric {
    /// The same metric with further labels.
    func labelled(_ more: Labels) -> Metric {
        let merged = labels.merging(more) { $1 }
        guard let value else {
            guard case .unavailable(let reason) = kind else { return self }
            return Metric(name, unavailable: reason, unit: unit, labels: merged)
        }
        return Metric(
            name, value, unit, interval: interval, count: count, labels: merged, modelled: kind == .modelled,
            varies: varies)
    }
}
