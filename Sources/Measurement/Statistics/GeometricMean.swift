import Foundation
public import Records

/// The geometric mean of ratios that were each measured over several rounds, with its interval.
///
/// The models are a fixed list: the interval holds the noise of the measurements and not the choice of the models. The
/// variances of the logarithms add up; the degrees of freedom are Welch's (1947, "The generalization of 'Student's'
/// problem").
public struct GeometricMean: Sendable, Hashable {
    /// The mean; NaN without a ratio.
    public let value: Double
    /// The interval; `nil` where a ratio has none.
    public let interval: Interval?
    /// How many ratios there were.
    public let count: Int

    /// Takes the mean.
    public init(of ratios: [RatioOfMedians], level: Double = 0.95) {
        let n = Double(ratios.count)
        let mean = ratios.reduce(0) { $0 + log($1.value) } / n
        value = exp(mean)
        count = ratios.count
        let variances = ratios.compactMap { Self.variance(of: $0) }
        guard variances.count == ratios.count, !ratios.isEmpty else {
            interval = nil
            return
        }
        let sum = variances.reduce(0) { $0 + $1.variance }
        guard sum > 0 else {
            interval = Interval(lower: value, upper: value, level: level, method: "welch")
            return
        }
        let freedom = sum * sum / variances.reduce(0) { $0 + $1.variance * $1.variance / $1.freedom }
        let half = Distributions.inverseStudent(0.5 + level / 2, degreesOfFreedom: freedom) * sum.squareRoot() / n
        interval = Interval(lower: exp(mean - half), upper: exp(mean + half), level: level, method: "welch")
    }

    /// The variance of a ratio's mean logarithm, read back from its interval, and its degrees of freedom.
    private static func variance(of ratio: RatioOfMedians) -> (variance: Double, freedom: Double)? {
        guard let interval = ratio.interval, ratio.count > 1 else { return nil }
        let freedom = Double(ratio.count - 1)
        let t = Distributions.inverseStudent(0.5 + interval.level / 2, degreesOfFreedom: freedom)
        let error = (log(interval.upper) - log(interval.lower)) / (2 * t)
        return (error * error, freedom)
    }
}
