import Foundation
package import Measurement
import Records

/// The ratio of a statistic of two contenders of one contest.
///
/// The processes of one index lived together and took turns, so each pair gives one ratio in which what the machine did
/// meanwhile cancels; the pairs are independent of each other.
package struct ContestRatio: Sendable {
    /// What is compared.
    package let statistic: ComparedStatistic
    /// The ratio, above 1 where the numerator's statistic is the larger.
    package let estimate: RatioEstimate
    /// The logarithm of the ratio of each pair of processes; empty for high quantiles, for which the runs of one are too few.
    package let logarithms: [Double]

    /// Estimates the ratio; `nil` with fewer than two pairs, or too few runs for the statistic.
    package init?(_ statistic: ComparedStatistic, _ numerator: ContestEntry, over denominator: ContestEntry) {
        let ratio: RatioEstimate?
        switch statistic {
        case .median:
            logarithms = zip(numerator.processes, denominator.processes).compactMap(Self.median)
            ratio = RatioEstimate(logarithms: logarithms)
        case .p90, .p99:
            logarithms = []
            ratio = Self.quantile(statistic, numerator, denominator)
        case .mean, .throughput, .loadTime, .peakMemory:
            logarithms = zip(numerator.values(statistic), denominator.values(statistic)).map { log($0 / $1) }
            // A stall belongs to the mean: nothing is taken off.
            ratio = RatioEstimate(
                logarithms: logarithms, isRobust: statistic == .loadTime || statistic == .peakMemory)
        }
        guard let ratio else { return nil }
        self.statistic = statistic
        estimate = ratio
    }

    /// Judges the ratio: faster is what has less of it, or more where more is better.
    package func verdict(margin: Double, level: Double) -> ComparisonVerdict {
        ComparisonVerdict(statistic.prefersMore ? estimate.inverse : estimate, margin: margin, level: level)
    }

    /// The logarithm of the ratio of one pair: a middle value of the rounds, so that a round that was disturbed does not
    /// decide.
    private static func median(_ numerator: [[Int64]], _ denominator: [[Int64]]) -> Double? {
        let rounds = zip(numerator, denominator).compactMap { above, below -> Double? in
            guard let above = Selection.median(of: above), let below = Selection.median(of: below), above > 0, below > 0
            else { return nil }
            return log(above / below)
        }
        return HodgesLehmann.estimate(of: rounds)
    }

    /// A high quantile takes the runs of all processes together: those of one are too few.
    private static func quantile(
        _ statistic: ComparedStatistic, _ numerator: ContestEntry, _ denominator: ContestEntry
    ) -> RatioEstimate? {
        guard let probability = statistic.probability,
            QuantileEstimate(probability, of: numerator.samples) != nil,
            QuantileEstimate(probability, of: denominator.samples) != nil
        else { return nil }
        return numerator.ratio(of: HierarchicalBootstrap.quantile(probability), over: denominator)
    }
}

extension ContestEntry {
    /// The statistic of each process.
    package func values(_ statistic: ComparedStatistic) -> [Double] {
        switch statistic {
        case .median, .p90, .p99:
            let probability = statistic.probability ?? 0.5
            return processes.map { HierarchicalBootstrap.quantile(probability)([$0.map { $0.map(Double.init) }]) }
        case .mean: return processes.map { Self.mean($0) }
        case .throughput: return processes.map { 1e9 / Self.mean($0) }
        case .loadTime: return loads.map(Double.init)
        case .peakMemory: return peaks.map(Double.init)
        }
    }

    private static func mean(_ rounds: [[Int64]]) -> Double {
        let count = rounds.reduce(0) { $0 + $1.count }
        return rounds.reduce(0) { $0 + $1.reduce(0) { $0 + Double($1) } } / Double(count)
    }
}
