import Foundation
public import Records

/// A ratio of two statistics whose logarithm is known with an error of Student's distribution: its interval at any level, and
/// how surely it differs from 1.
public struct RatioEstimate: Sendable, Hashable {
    /// The ratio: above 1 the numerator is the larger.
    public let value: Double
    /// Its natural logarithm.
    public var logarithm: Double { log(value) }
    /// The standard error of its natural logarithm.
    public let standardError: Double
    /// The degrees of freedom of that error.
    public let degreesOfFreedom: Double
    /// How many independent units, such as pairs of fresh processes, it comes from.
    public let count: Int
    /// How it was had: `trimmed-t`.
    public let method: String

    /// The least number of units of which any is taken off.
    ///
    /// With fewer the interval would rest on too few numbers.
    static let fewestTrimmed = 6

    /// Estimates a ratio from independent logarithms of it, one for each pair of fresh processes.
    ///
    /// One in ten, and one at least from six on, is taken off at each end where `isRobust`.
    /// - Returns: `nil` with fewer than two, or with one that is not finite.
    public init?(logarithms: [Double], isRobust: Bool = true) {
        let trimmed = isRobust && logarithms.count >= Self.fewestTrimmed ? max(1, logarithms.count / 10) : 0
        guard let mean = TrimmedMean(of: logarithms, trimmed: trimmed) else { return nil }
        value = exp(mean.value)
        standardError = mean.standardError
        degreesOfFreedom = mean.degreesOfFreedom
        count = mean.count
        method = trimmed > 0 ? "trimmed-t" : "student-t"
    }

    /// Takes over a ratio from processes drawn anew.
    public init(_ bootstrap: HierarchicalBootstrap) {
        value = bootstrap.value
        standardError = bootstrap.standardError
        degreesOfFreedom = bootstrap.degreesOfFreedom
        count = bootstrap.count
        method = bootstrap.interval.method
    }

    /// Makes an estimate from its parts.
    package init(value: Double, standardError: Double, degreesOfFreedom: Double, count: Int, method: String) {
        self.value = value
        self.standardError = standardError
        self.degreesOfFreedom = degreesOfFreedom
        self.count = count
        self.method = method
    }

    /// The inverse ratio, with the same evidence.
    public var inverse: RatioEstimate {
        RatioEstimate(
            value: 1 / value, standardError: standardError, degreesOfFreedom: degreesOfFreedom, count: count,
            method: method)
    }

    /// The interval, symmetric for the logarithm, so that the ratio and its inverse have the same evidence.
    public func interval(level: Double = 0.95) -> Interval {
        let half = halfWidth(level: level)
        return Interval(lower: value * exp(-half), upper: value * exp(half), level: level, method: method)
    }

    /// Half the width of the interval of the logarithm: 0.01 for ± 1 %.
    public func halfWidth(level: Double) -> Double {
        guard standardError > 0 else { return 0 }
        return Distributions.inverseStudent(0.5 + level / 2, degreesOfFreedom: degreesOfFreedom) * standardError
    }

    /// The chance of a logarithm at least as far from 0 were the ratio 1.
    public var pValue: Double {
        let distance = abs(logarithm)
        guard distance > 0 else { return 1 }
        guard standardError > 0 else { return 0 }
        return 2 * (1 - Distributions.student(distance / standardError, degreesOfFreedom: degreesOfFreedom))
    }
}

extension ComparisonVerdict {
    /// Judges an estimated ratio by its interval of a level.
    public init(_ ratio: RatioEstimate, margin: Double, level: Double = 0.95) {
        self.init(
            ratio: ratio.value, interval: ratio.interval(level: level), rounds: ratio.count, margin: margin,
            degreesOfFreedom: ratio.degreesOfFreedom)
    }
}
