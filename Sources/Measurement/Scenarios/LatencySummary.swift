import Foundation
public import Records

/// What is known of the times of a run's queries: percentiles with what it takes to believe them, and the whole distribution.
public struct LatencySummary: Codable, Sendable {
    /// One percentile.
    ///
    /// Two rules govern it. MLPerf's early stopping, which takes queries for independent, decides whether there is an
    /// `estimate`, as it decides on bounds. The percentile itself takes an interval too, and that as many independent
    /// queries as `QuantileEstimate.leastCount` says, which neighbours in a queue are not.
    public struct Percentile: Codable, Sendable, Hashable {
        /// The percentile as a share: 0.99 for the 99th.
        public let share: Double
        /// The percentile of the times, in nanoseconds; `nil` where the times, or those of them that count as independent,
        /// are too few.
        public let value: Double?
        /// Its interval of 95 %; `nil` where there is no value.
        public let interval: Interval?
        /// MLPerf's early-stopping estimate, which the true percentile of independent times exceeds with a chance of at most
        /// one in a hundred, in nanoseconds; `nil` where the times are too few.
        public let estimate: Double?
        /// How many queries it takes before the percentile is told, or how many independent ones where `independentQueries`
        /// is known; 0 where it is told.
        public let neededQueries: Int
        /// How many independent queries the times are worth at this percentile; `nil` where they are too few anyway.
        public let independentQueries: Int?

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

    /// The times beyond a percentile that early stopping takes to estimate it, in the limit of many times, at 99 %.
    private static let timesBeyond = 6.64

    /// Summarises times in nanoseconds, in the order in which queries arrived; `nil` where there are none.
    ///
    /// A percentile is told once MLPerf's early stopping has an estimate of it, at the 99th after 662 queries, and once it
    /// has an interval. The interval is of order statistics, of as many samples as count as independent at that percentile:
    /// neighbours in a queue wait together.
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

    /// Where a curve of percentiles ends, as one over the share above it: where the times are too few beyond it, or at the
    /// last percentile that is told before one that has too few independent times; 1 where none is.
    public var rarest: Double {
        let ascending = percentiles.filter { $0.share >= 0.5 }.sorted { $0.share < $1.share }
        let byCount = Double(count) / Self.timesBeyond
        guard let end = ascending.firstIndex(where: { $0.value == nil && $0.independentQueries != nil }) else {
            return byCount
        }
        return min(byCount, ascending[..<end].last.map { 1 / (1 - $0.share) } ?? 1)
    }

    private static func percentile(_ share: Double, _ times: [Int64], _ sorted: [Int64]) -> Percentile? {
        guard let rule = EarlyStopping(percentile: share) else { return nil }
        let allowed = rule.overLatencyAllowed(queries: sorted.count) ?? 0
        guard allowed >= 1 else {
            return Percentile(
                share: share, value: nil, interval: nil, estimate: nil,
                neededQueries: rule.minimumQueries(overLatency: 1), independentQueries: nil)
        }
        let value = QuantileEstimate.quantile(share, count: sorted.count) { Double(sorted[$0]) }
        let dependence = QuantileDependence(times.map { Double($0) > value ? 1 : 0 })
        let interval = dependence.interval(share) { Double(sorted[$0]) }
        return Percentile(
            share: share, value: interval == nil ? nil : value, interval: interval,
            estimate: Double(sorted[sorted.count - allowed]),
            neededQueries: interval == nil ? QuantileEstimate.leastCount(share) : 0,
            independentQueries: dependence.independent)
    }
}
