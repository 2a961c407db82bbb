import Foundation
public import Records
import Tensors

/// An interval for any statistic of samples of rounds of processes, from samples drawn anew from the samples.
///
/// Runs of one process share its memory layout, and runs of one round what else the machine does, so that only processes are
/// independent (Kalibera and Jones 2013, "Rigorous benchmarking in reasonable time"). The highest level that has two units is
/// drawn from with replacement, and every unit brings all that is below it: drawing again below would count the noise of the
/// lower levels twice, as the spread of the units contains it (Davison and Hinkley 1997, "Bootstrap methods and their
/// application", section 3.8). With one process rounds are drawn, and the interval tells nothing of restarts.
///
/// Quantiles of the drawn statistics (Efron and Tibshirani 1993, "An introduction to the bootstrap") cover too seldom with
/// five or ten units. Here their standard deviation, widened by √(n / (n − 1)) for the n units, is a standard error, and the
/// interval is Student's with n − 1 degrees of freedom, Welch's for two sides: for means it is exact under normality.
public struct HierarchicalBootstrap: Sendable, Hashable {
    /// The statistic of the samples as they are, or the ratio of those of two sides.
    public let value: Double
    /// The standard error of the value; for a ratio that of its natural logarithm.
    public let standardError: Double
    /// The degrees of freedom of the standard error.
    public let degreesOfFreedom: Double
    /// The interval.
    public let interval: Interval
    /// How many units were drawn from, for a ratio on the side that has fewer.
    public let count: Int

    /// Estimates a statistic of processes, each a list of rounds, each a list of samples.
    ///
    /// - Returns: `nil` with fewer than two units, fewer than two draws, or where the statistic is not finite.
    public init?(
        of processes: [[[Double]]], draws: Int = 2000, level: Double = 0.95, seed: UInt64,
        statistic: ([[[Double]]]) -> Double = HierarchicalBootstrap.mean
    ) {
        var random = SplitMix64(seed: seed)
        guard level > 0, level < 1,
            let spread = BootstrapSpread(of: processes, draws: draws, random: &random, statistic: statistic)
        else { return nil }
        value = spread.value
        standardError = spread.variance.squareRoot()
        degreesOfFreedom = Double(spread.units - 1)
        count = spread.units
        let half = standardError * Self.quantile(level, degreesOfFreedom)
        interval = Interval(lower: value - half, upper: value + half, level: level, method: Self.method)
    }

    /// Estimates the ratio of a positive statistic of two sides whose processes are independent of each other.
    ///
    /// The interval is symmetric for the logarithm, so that the ratio and its inverse have the same evidence.
    /// - Returns: `nil` where one side has no estimate, or a statistic that is not positive.
    public static func ratio(
        of numerator: [[[Double]]], over denominator: [[[Double]]], draws: Int = 2000, level: Double = 0.95,
        seed: UInt64,
        statistic: ([[[Double]]]) -> Double = HierarchicalBootstrap.mean
    ) -> HierarchicalBootstrap? {
        var random = SplitMix64(seed: seed)
        guard level > 0, level < 1,
            let above = BootstrapSpread(
                of: numerator, draws: draws, random: &random, statistic: { log(statistic($0)) }),
            let below = BootstrapSpread(
                of: denominator, draws: draws, random: &random, statistic: { log(statistic($0)) })
        else { return nil }
        return HierarchicalBootstrap(logarithmOf: above, over: below, level: level)
    }

    private init(logarithmOf above: BootstrapSpread, over below: BootstrapSpread, level: Double) {
        let variance = above.variance + below.variance
        let (aboveFreedom, belowFreedom) = (Double(above.units - 1), Double(below.units - 1))
        let denominator =
            above.variance * above.variance / aboveFreedom + below.variance * below.variance / belowFreedom
        let logarithm = above.value - below.value
        value = exp(logarithm)
        standardError = variance.squareRoot()
        degreesOfFreedom = denominator > 0 ? variance * variance / denominator : aboveFreedom + belowFreedom
        count = min(above.units, below.units)
        let half = standardError * Self.quantile(level, degreesOfFreedom)
        interval = Interval(
            lower: exp(logarithm - half), upper: exp(logarithm + half), level: level, method: Self.method)
    }

    /// The mean over processes of the mean over rounds of the mean of samples; NaN where a list is empty.
    public static func mean(_ processes: [[[Double]]]) -> Double {
        var sum = 0.0
        for process in processes {
            var sumOfRounds = 0.0
            for round in process { sumOfRounds += round.reduce(0, +) / Double(round.count) }
            sum += sumOfRounds / Double(process.count)
        }
        return sum / Double(processes.count)
    }

    /// The statistic that is a quantile of all samples together; NaN without samples or when one is not a number.
    public static func quantile(_ probability: Double) -> @Sendable ([[[Double]]]) -> Double {
        { processes in
            let samples = processes.flatMap { $0.flatMap { $0 } }
            guard !samples.isEmpty, probability >= 0, probability <= 1, samples.allSatisfy({ !$0.isNaN }) else {
                return .nan
            }
            var selection = Selection(samples)
            return QuantileEstimate.quantile(probability, &selection, count: samples.count)
        }
    }

    private static let method = "hierarchical-bootstrap-t"

    private static func quantile(_ level: Double, _ degreesOfFreedom: Double) -> Double {
        Distributions.inverseStudent(0.5 + level / 2, degreesOfFreedom: degreesOfFreedom)
    }
}
