import Measurement
import Records

/// The numbers of a self-test.
struct SelfTestMetrics {
    let findings: SelfTestFindings

    /// The label of a disturbance or of a known time.
    static let truth = "latency"
    static let disturbance = "disturbance"

    var all: [Metric] { overhead + truths + disturbances + resolution }

    private var overhead: [Metric] {
        guard let overhead = findings.overhead else { return [] }
        return [Self.mean("overhead.sample", overhead.sample), Self.mean("overhead.call", overhead.call)]
    }

    private var truths: [Metric] {
        findings.truths.flatMap { truth -> [Metric] in
            let labels = [Self.truth: MetricUnit.nanoseconds.format(truth.nanoseconds)]
            let bias = Self.mean("bias", truth.errors, labels)
            var metrics = [bias, Self.share("bias.relative", of: bias, truth.nanoseconds, labels)]
            if let spread = truth.spread {
                let count = truth.processes.reduce(0) { $0 + $1.count }
                metrics.append(Metric("spread", spread, .nanoseconds, count: count, labels: labels))
            }
            return metrics
        }
    }

    private var disturbances: [Metric] {
        findings.disturbances.filter { !$0.certificates.isEmpty }.map { disturbed in
            Metric(
                "disturbance.named", Double(disturbed.named), .count, count: disturbed.certificates.count,
                labels: [Self.disturbance: disturbed.injected.rawValue], varies: true)
        }
    }

    private var resolution: [Metric] {
        guard let resolution = findings.resolution else { return [] }
        let labels = [Label.stack: resolution.stack, Label.model: resolution.model]
        let count = resolution.logarithms.count
        let different = Metric(
            "resolution.called-different", Double(resolution.different), .count, count: count, labels: labels,
            varies: true)
        guard let share = resolution.share else {
            return [
                Metric("resolution", unavailable: "too few comparisons", unit: .fraction, labels: labels), different,
            ]
        }
        return [
            Metric(
                "resolution", share.value, .fraction, interval: share.interval, count: count, labels: labels,
                varies: true),
            different,
        ]
    }

    /// A mean over processes with Student's interval.
    private static func mean(_ name: String, _ values: [Double], _ labels: Labels = [:]) -> Metric {
        guard let estimate = MeanEstimate(of: values) else {
            return Metric(name, unavailable: "fewer than two processes", unit: .nanoseconds, labels: labels)
        }
        return Metric(
            name, estimate.value, .nanoseconds, interval: estimate.interval, count: estimate.count, labels: labels)
    }

    private static func share(_ name: String, of metric: Metric, _ truth: Double, _ labels: Labels) -> Metric {
        guard let value = metric.value, truth > 0 else {
            return Metric(name, unavailable: metric.description, unit: .fraction, labels: labels)
        }
        let interval = metric.interval.map {
            Interval(lower: $0.lower / truth, upper: $0.upper / truth, level: $0.level, method: $0.method)
        }
        return Metric(
            name, value / truth, .fraction, interval: interval, count: metric.count, labels: labels, varies: true)
    }
}

extension SelfTestFindings.Truth {
    /// What every run takes, in nanoseconds.
    var nanoseconds: Double { latency / .nanoseconds(1) }
}
