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
        guard samples.contains(where: { $0 != samples[0] }) else {
            self.init(count: samples.count, variance: 0, time: 1)
            return
        }
        let covariances = Autocovariance.all(of: samples)
        self.init(
            count: samples.count, variance: covariances[0], time: Self.sum(of: covariances) / covariances[0])
    }

    /// Estimates the size for integer samples, such as nanoseconds.
    public init?(of samples: [Int64]) { self.init(of: samples.map(Double.init)) }

    /// Estimates the size of a series of any length from the means of at most so many blocks of it.
    ///
    /// Blocks hold the same number of neighbours, one where the series is short; what is left over at the end, less than a
    /// block, is not looked at. What neighbours within a block have in common is in the variance of the means, and what
    /// lasts longer in their autocovariances (Schmeiser 1982, "Batch size effects in the analysis of simulation output").
    package init?(of samples: [Double], mostBlocks: Int) {
        let length = max(1, (samples.count + mostBlocks - 1) / max(mostBlocks, 1))
        guard length > 1 else {
            self.init(of: samples)
            return
        }
        let blocks = samples.count / length
        let means = (0..<blocks).map { block in
            samples[(block * length)..<((block + 1) * length)].reduce(0, +) / Double(length)
        }
        guard let size = EffectiveSampleSize(of: means) else { return nil }
        let used = Double(blocks * length)
        let mean = means.reduce(0, +) / Double(blocks)
        let variance = samples[..<(blocks * length)].reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / used
        guard variance > 0 else {
            self.init(count: samples.count, variance: 0, time: 1)
            return
        }
        self.init(
            count: samples.count, variance: variance,
            time: size.standardError * size.standardError * (used - 1) / variance)
    }

    /// Derives the numbers from the variance of one sample and the time, of which no less than one over log₁₀ n is believed.
    private init(count: Int, variance: Double, time: Double) {
        let n = Double(count)
        let believed = max(time, 1 / max(1, log10(n)))
        self.count = count
        value = n / believed
        autocorrelationTime = believed
        standardError = (variance * believed / (n - 1)).squareRoot()
    }

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
