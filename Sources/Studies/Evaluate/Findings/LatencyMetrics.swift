import Measurement
import Records

/// The numbers of speed from the run times of all rounds.
struct LatencyMetrics {
    let rounds: [[Int64]]
    let labels: Labels

    var all: [Metric] {
        let samples = rounds.flatMap(\.self).map(Double.init)
        let quantiles = [("latency.median", 0.5), ("latency.p90", 0.9), ("latency.p99", 0.99)].map {
            name, probability in
            quantile(name, probability, samples)
        }
        return quantiles + [throughput]
    }

    /// A quantile with its order-statistic interval; not printed without the runs that it needs.
    private func quantile(_ name: String, _ probability: Double, _ samples: [Double]) -> Metric {
        guard let estimate = QuantileEstimate(probability, ofSeries: samples) else {
            return Metric(
                name, unavailable: "too few independent runs for an interval of this quantile",
                unit: .nanoseconds, labels: labels)
        }
        return Metric(
            name, estimate.value, .nanoseconds, interval: estimate.interval, count: samples.count, labels: labels)
    }

    /// The median of a part of the run times, run by run.
    func median(_ name: String, of part: [Int64]) -> Metric { quantile(name, 0.5, part.map(Double.init)) }

    /// Runs a second of one stream, with an interval from the means of the rounds.
    private var throughput: Metric {
        guard let estimate = ThroughputEstimate(rounds: rounds) else {
            return Metric(
                "throughput", unavailable: "one round gives no interval", unit: .itemsPerSecond, labels: labels)
        }
        return Metric(
            "throughput", estimate.value, .itemsPerSecond, interval: estimate.interval, count: rounds.count,
            labels: labels)
    }
}
