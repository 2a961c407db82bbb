import Foundation

/// How many independent samples tell as much of the mean as a series whose neighbours depend on each other.
///
/// The variance of the mean is the sum of all autocovariances. Those of large lags are noise: sums of adjacent pairs are
/// added up to the first that is not positive, each taken as no larger than the one before it (Geyer 1992, "Practical Markov
/// chain Monte Carlo", section 3.3: the initial monotone sequence).
public struct EffectiveSampleSize: Sendable, Hashable {
    /// The number of independent samples; above `count` where neighbours make up for each other.
    public let value: Double
    /// How many samples of the series are worth one independent sample (the integrated autocorrelation time).
    public let autocorrelationTime: Double
    /// The standard error of the mean of the series.
    public let standardError: Double
    /// How many samples there were.
    public let count: Int

    /// Estimates the size; `nil` with fewer than four samples or one that is not finite.
    ///
    /// A series that never varies counts fully. More than n log₁₀ n is never believed (Vehtari et al. 2021,
    /// "Rank-normalization, folding, and localization", and the Stan reference manual).
    public init?(of samples: [Double]) {
        guard samples.count >= 4, samples.allSatisfy(\.isFinite) else { return nil }
        let n = Double(samples.count)
        count = samples.count
        guard samples.contains(where: { $0 != samples[0] }) else {
            (value, autocorrelationTime, standardError) = (n, 1, 0)
            return
        }
        let covariances = Autocovariance.all(of: samples)
        let time = max(Self.sum(of: covariances) / covariances[0], 1 / max(1, log10(n)))
        value = n / time
        autocorrelationTime = time
        standardError = (covariances[0] * time / (n - 1)).squareRoot()
    }

    /// Estimates the size for integer samples, such as nanoseconds.
    public init?(of samples: [Int64]) { self.init(of: samples.map(Double.init)) }

    /// The variance of one sample plus twice its covariances with those after it, as far as the initial sequence reaches.
    private static func sum(of covariances: [Double]) -> Double {
        var sum = -covariances[0]
        var least = Double.infinity
        for lag in stride(from: 0, to: covariances.count - 1, by: 2) {
            let pair = covariances[lag] + covariances[lag + 1]
            guard pair > 0 else { break }
            least = min(least, pair)
            sum += 2 * least
        }
        return sum
    }
}
