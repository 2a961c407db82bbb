import Foundation
public import Records

/// A quantile of a sample with its order-statistic interval, which assumes nothing of the distribution.
///
/// The number of samples below the quantile is binomial, so two order statistics bracket it with a known chance (David and
/// Nagaraja, "Order statistics", 2003, section 7.1). It assumes that the samples are independent.
public struct QuantileEstimate: Sendable, Hashable {
    /// The sample quantile; where two order statistics are equally good, their mean.
    public let value: Double
    /// The interval between two order statistics, each missed with a chance of at most half of one minus the level.
    public let interval: Interval
    /// How many samples there were.
    public let count: Int

    /// Estimates the quantile of `probability`; `nil` when there are too few samples for an interval of the level.
    ///
    /// At 95 % the median takes 6 samples, the 90th percentile 36 and the 99th 368.
    public init?(_ probability: Double, of samples: [Double], level: Double = 0.95) {
        guard let ranks = Self.ranks(probability, count: samples.count, level: level),
            samples.allSatisfy({ !$0.isNaN })
        else { return nil }
        var selection = Selection(samples)
        count = samples.count
        interval = Interval(
            lower: selection.element(rank: ranks.lower - 1), upper: selection.element(rank: ranks.upper - 1),
            level: level, method: "order-statistics")
        value = Self.quantile(probability, &selection, count: samples.count)
    }

    /// Estimates the quantile of samples in the order of time, whose neighbours may depend on each other, as run times do.
    ///
    /// The interval is that of as many independent samples as the series is worth (`QuantileDependence`).
    /// - Returns: `nil` when there are too few independent samples for an interval of the level.
    public init?(_ probability: Double, ofSeries samples: [Double], level: Double = 0.95) {
        guard probability > 0, probability < 1, !samples.isEmpty, samples.allSatisfy({ !$0.isNaN }) else { return nil }
        var selection = Selection(samples)
        let quantile = Self.quantile(probability, &selection, count: samples.count)
        let dependence = QuantileDependence(samples.map { $0 > quantile ? 1 : 0 })
        guard
            let interval = dependence.interval(
                probability, level: level, element: { selection.element(rank: $0) })
        else { return nil }
        count = samples.count
        self.interval = interval
        value = quantile
    }

    /// Estimates the quantile of integer samples, such as nanoseconds.
    public init?(_ probability: Double, of samples: [Int64], level: Double = 0.95) {
        self.init(probability, of: samples.map(Double.init), level: level)
    }

    /// The ranks, counted from 1, of the two order statistics; `nil` when one would lie outside the sample.
    package static func ranks(_ probability: Double, count: Int, level: Double) -> (lower: Int, upper: Int)? {
        guard count > 0, probability > 0, probability < 1, level > 0, level < 1 else { return nil }
        let tail = (1 - level) / 2
        // The largest rank l with P(B < l) at most the tail, and the smallest u with P(B ≥ u) at most the tail.
        let lower = firstIndex(in: 0...count) { Distributions.binomial($0, count, probability) > tail }
        let upper = firstIndex(in: 0...count) { Distributions.binomial($0, count, probability) >= 1 - tail } + 1
        guard lower >= 1, upper <= count else { return nil }
        return (lower, upper)
    }

    /// The least number of samples of which a quantile has an interval: at 95 % 368 for the 99th percentile.
    package static func leastCount(_ probability: Double, level: Double = 0.95) -> Int {
        guard probability > 0, probability < 1, level > 0, level < 1 else { return 0 }
        // An order statistic lies on each side of the quantile unless all samples lie on one.
        let rarer = max(probability, 1 - probability)
        return Int((log((1 - level) / 2) / log(rarer)).rounded(.up))
    }

    /// The smallest number of the range for which `holds`, which is true from some number on.
    private static func firstIndex(in range: ClosedRange<Int>, _ holds: (Int) -> Bool) -> Int {
        var (low, high) = (range.lowerBound, range.upperBound)
        while low < high {
            let middle = low + (high - low) / 2
            if holds(middle) { high = middle } else { low = middle + 1 }
        }
        return low
    }

    /// Hyndman and Fan's second definition (1996, "Sample quantiles in statistical packages").
    package static func quantile(_ probability: Double, _ selection: inout Selection, count: Int) -> Double {
        quantile(probability, count: count) { selection.element(rank: $0) }
    }

    /// The same of samples whose n-th in ascending order is known, counted from 0.
    static func quantile(_ probability: Double, count: Int, element: (_ rank: Int) -> Double) -> Double {
        let position = probability * Double(count)
        let whole = position.rounded(.down)
        // Products such as 0.9 × 70 miss the whole number that they stand for by a few units in the last place.
        if abs(position - position.rounded()) < 1e-9 * Double(count) {
            let rank = min(max(Int(position.rounded()), 1), count)
            let next = min(rank, count - 1)
            return (element(rank - 1) + element(next)) / 2
        }
        return element(min(Int(whole), count - 1))
    }
}
