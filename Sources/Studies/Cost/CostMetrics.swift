import Engines
import Foundation
import Measurement
import Records

/// The numbers of a COST study.
struct CostMetrics {
    let spec: CostSpec
    let findings: CostFindings

    var all: [Metric] {
        let baseline = findings.baseline
        return findings.entries.flatMap { metrics($0, baseline) } + findings.systems.flatMap(answers)
    }

    private var latencyName: String { "cost.latency." + LatencySummary.Percentile.name(spec.percentile / 100) }

    private func metrics(_ entry: CostEntry, _ baseline: CostEntry?) -> [Metric] {
        let labels = labels(entry)
        var metrics = [entry.throughputMetric("cost.throughput", labels: labels)]
        guard entry.isMeasured else { return metrics }
        if spec.bound != nil { metrics.append(latency(entry, labels)) }
        metrics.append(ratio(entry, baseline, labels))
        metrics += rates(entry, metrics[0], labels)
        return metrics
    }

    private func labels(_ entry: CostEntry) -> Labels {
        entry.labels.merging([Label.model: findings.model.name]) { $1 }
    }

    private func latency(_ entry: CostEntry, _ labels: Labels) -> Metric {
        let runs = entry.runs
        guard !runs.isEmpty else {
            return Metric(latencyName, unavailable: entry.unheld, unit: .nanoseconds, labels: labels)
        }
        guard let estimate = QuantileEstimate(spec.percentile / 100, of: runs) else {
            return Metric(
                latencyName,
                unavailable: "it takes \(QuantileEstimate.leastCount(spec.percentile / 100)) runs, and there are "
                    + "\(runs.count)", unit: .nanoseconds, labels: labels)
        }
        return Metric(
            latencyName, estimate.value, .nanoseconds, interval: estimate.interval, count: runs.count, labels: labels)
    }

    private func ratio(_ entry: CostEntry, _ baseline: CostEntry?, _ labels: Labels) -> Metric {
        let name = "cost.ratio"
        guard entry.throughput > 0 else {
            return Metric(name, unavailable: entry.unheld, unit: .ratio, labels: labels)
        }
        guard let baseline else {
            return Metric(
                name, unavailable: spec.bound == nil ? "no single thread ran" : "no single thread holds the bound",
                unit: .ratio, labels: labels)
        }
        guard let ratio = findings.ratio(entry, over: baseline, spec) else {
            return Metric(name, unavailable: "no round has both", unit: .ratio, labels: labels)
        }
        return Metric(
            name, ratio.value, .ratio, interval: ratio.interval, count: ratio.count, labels: labels, varies: true)
    }

    /// What a million runs cost and what energy one takes, from the price and power that were given.
    private func rates(_ entry: CostEntry, _ throughput: Metric, _ labels: Labels) -> [Metric] {
        var metrics: [Metric] = []
        let size = entry.configuration.size
        guard throughput.value != nil else { return [] }
        if let price = (try? CostRates(spec.prices, subject: "price"))?.rate(size) {
            metrics.append(
                Self.share(
                    "cost.price-per-million", price / 3600 * 1e6, of: throughput, MetricUnit(rawValue: spec.currency),
                    labels))
        }
        if let power = (try? CostRates(spec.power, subject: "power"))?.rate(size) {
            metrics.append(Self.share("cost.energy", power, of: throughput, .joules, labels))
        }
        return metrics
    }

    /// A rate over the throughput, with the bounds of the throughput.
    private static func share(
        _ name: String, _ rate: Double, of throughput: Metric, _ unit: MetricUnit, _ labels: Labels
    ) -> Metric {
        let interval = throughput.interval.map {
            Interval(lower: rate / $0.upper, upper: rate / $0.lower, level: $0.level, method: $0.method)
        }
        return Metric(
            name, rate / (throughput.value ?? .nan), unit, interval: interval, count: throughput.count, labels: labels,
            modelled: true, varies: true)
    }

    private func answers(_ system: Int) -> [Metric] {
        findings.directions(of: system).flatMap { direction -> [Metric] in
            let labels = [
                Label.model: findings.model.name, Label.stack: findings.stacks[system].title,
                "grows": direction.rawValue,
            ]
            guard let answer = findings.answer(system, direction, spec) else {
                return [Metric("cost.least", unavailable: "nothing of it was measured", unit: .count, labels: labels)]
            }
            return answer.metrics(unit: direction.unit, labels: labels, level: spec.level, varies: true)
        }
    }
}

extension CostAnswer {
    /// The answer as numbers: the least size for certain, whether there is none, and where the curve crosses.
    func metrics(unit: String, labels: Labels, level: Double, varies: Bool) -> [Metric] {
        var metrics: [Metric] = []
        if let certain, let possible {
            metrics.append(
                Metric(
                    "cost.least", Double(certain), .count,
                    interval: Interval(
                        lower: Double(possible), upper: Double(certain), level: level, method: "least-configuration"),
                    labels: labels, varies: varies))
        } else {
            metrics.append(Metric("cost.least", unavailable: text(unit), unit: .count, labels: labels))
        }
        metrics.append(
            Metric("cost.unbounded", state == .unbounded ? 1 : 0, .count, labels: labels, varies: varies))
        if let crossing { metrics.append(Metric("cost.crossing", crossing, .number, labels: labels, varies: varies)) }
        return metrics
    }
}
