import Foundation
public import Records

/// What is known of the times of a run's queries: percentiles with what it takes to believe them, and the whole distribution.
public struct LatencySummary: Codable, Sendable {
    /// One percentile.
    public struct Percentile: Codable, Sendable, Hashable {
        /// The percentile as a share: 0.99 for the 99th.
        public let share: Double
        /// The percentile of the times, in nanoseconds; `nil` where they are too few.
        public let value: Double?
        /// Its interval of 95 %; `nil` where the times, or those of them that count as independent, are too few.
        public let interval: Interval?
        /// MLPerf's early-stopping estimate, which the true percentile exceeds with a chance of at most one in a hundred,
        /// in nanoseconds; `nil` where the times are too few.
        public let estimate: Double?
        /// How many queries it takes before the percentile is told.
        public let neededQueries: Int

        /// What a percentile is called: `p99`, `p99.9`.
        public static func name(_ share: Double) -> String { "p" + String(format: "%.7g", share * 100) }
    }

    /// How many times there are.
    public let count: Int
    /// Their mean, in nanoseconds.
    public let mean: Double
    /// The shortest, in nanoseconds.
    public let least: Double
    /// The longest, in nanoseconds.
    public let greatest: Double
    /// The percentiles that were asked for, in that order.
    public let percentiles: [Percentile]
    /// All times.
    public let histogram: LatencyHistogram

    /// The longest series whose dependence is estimated, from its beginning.
    private static let longestSeries = 1 << 16

    /// Summarises times in nanoseconds, in the order in which queries arrived; `nil` where there are none.
    ///
    /// A percentile is told once MLPerf's early stopping has an estimate of it: at the 99th after 662 queries. Its interval is
    /// of order statistics, of as many samples as count as independent at that percentile: neighbours in a queue wait
    /// together.
    public init?(_ times: [Int64], percentiles shares: [Double]) {
        guard !times.isEmpty else { return nil }
        let sorted = times.sorted()
        count = times.count
        mean = times.reduce(0) { $0 + Double($1) } / Double(times.count)
        least = Double(sorted[0])
        greatest = Double(sorted[sorted.count - 1])
        percentiles = shares.compactMap { Self.percentile($0, times, sorted) }
        histogram = LatencyHistogram(times)
    }

    private static func percentile(_ share: Double, _ times: [Int64], _ sorted: [Int64]) -> Percentile? {
        guard let rule = EarlyStopping(percentile: share) else { return nil }
        let allowed = rule.overLatencyAllowed(queries: sorted.count) ?? 0
        guard allowed >= 1 else {
            return Percentile(
                share: share, value: nil, interval: nil, estimate: nil,
                neededQueries: rule.minimumQueries(overLatency: 1))
        }
        let value = QuantileEstimate.quantile(share, count: sorted.count) { Double(sorted[$0]) }
        return Percentile(
            share: share, value: value, interval: interval(share, times, sorted, value: value),
            estimate: Double(sorted[sorted.count - allowed]), neededQueries: 0)
    }

    /// The ranks of an interval for as many independent samples, carried over to all samples.
    private static func interval(_ share: Double, _ times: [Int64], _ sorted: [Int64], value: Double) -> Interval? {
        let series = times.prefix(longestSeries).map { Double($0) > value ? 1.0 : 0.0 }
        let dependence = EffectiveSampleSize(of: series)?.autocorrelationTime ?? 1
        let independent = max(1, min(Double(sorted.count), Double(sorted.count) / max(dependence, 1)))
        guard let ranks = QuantileEstimate.ranks(share, count: Int(independent), level: 0.95) else { return nil }
        let scale = Double(sorted.count) / independent.rounded(.down)
        let lower = Int((Double(ranks.lower) * scale).rounded(.down))
        let upper = Int((Double(ranks.upper) * scale).rounded(.up))
        return Interval(
            lower: Double(sorted[min(max(lower, 1), sorted.count) - 1]),
            upper: Double(sorted[min(max(upper, 1), sorted.count) - 1]), level: 0.95,
            method: dependence > 1 ? "order-statistics of independent samples" : "order-statistics")
    }
}
