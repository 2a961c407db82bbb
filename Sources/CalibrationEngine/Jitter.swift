import Foundation
package import Tensors

/// A random part of each run's time, with mean 0 and a known standard deviation.
package struct Jitter: Sendable, Hashable {
    /// The distribution of a run's time around the latency.
    package enum Distribution: String, Sendable, CaseIterable {
        /// A normal distribution; what would be negative counts as no time.
        case normal
        /// Equally likely within √3 standard deviations on either side.
        case uniform
        /// The latency less one standard deviation, and an exponentially distributed time on top: a tail of late runs.
        case exponential
        /// A log-normal distribution with the latency as its mean: a heavier tail.
        case lognormal
    }

    /// The standard deviation in nanoseconds.
    package var deviation: Double
    package var distribution = Distribution.normal
    package var seed: UInt64 = 1

    /// Describes jitter.
    package init(deviation: Double, distribution: Distribution = .normal, seed: UInt64 = 1) {
        self.deviation = deviation
        self.distribution = distribution
        self.seed = seed
    }

    /// A number of the distribution, in nanoseconds around 0, for a mean of `latency` nanoseconds.
    package func draw(_ random: inout SplitMix64, latency: Double) -> Double {
        switch distribution {
        case .normal: return deviation * random.normal()
        case .uniform: return deviation * 12.0.squareRoot() * (random.unit() - 0.5)
        case .exponential: return deviation * (-log(1 - random.unit()) - 1)
        case .lognormal:
            guard latency > 0 else { return 0 }
            let variance = log1p(deviation * deviation / (latency * latency))
            return latency * (exp(variance.squareRoot() * random.normal() - variance / 2) - 1)
        }
    }
}
