import Foundation
public import Records

/// The ratio of the medians of two stacks that took turns, with its interval.
///
/// Each round gives one ratio of medians; what disturbs the machine for longer than a round disturbs both alike and cancels.
/// The interval is Student's for the mean of the logarithms, so that the ratio and its inverse have the same evidence.
public struct RatioOfMedians: Sendable, Hashable {
    /// The geometric mean of the rounds' ratios: above 1 the numerator takes longer; NaN without a complete round.
    public let value: Double
    /// The interval; `nil` with fewer than two complete rounds.
    public let interval: Interval?
    /// How many rounds both have runs in.
    public let count: Int

    /// Estimates the ratio from the run times of both stacks, round by round, in the same order of rounds.
    ///
    /// A round in which either has no run is left out.
    public static func interleaved(
        _ numerator: [[Int64]], over denominator: [[Int64]], level: Double = 0.95
    ) -> RatioOfMedians {
        let logarithms = zip(numerator, denominator).compactMap { above, below -> Double? in
            guard let above = Selection.median(of: above), let below = Selection.median(of: below), above > 0, below > 0
            else { return nil }
            return log(above / below)
        }
        let mean = MeanEstimate(of: logarithms, level: level)
        return RatioOfMedians(
            value: exp(mean?.value ?? logarithms.first ?? .nan),
            interval: mean.map {
                Interval(
                    lower: exp($0.interval.lower), upper: exp($0.interval.upper), level: level, method: "paired-blocks")
            }, count: logarithms.count)
    }
}
