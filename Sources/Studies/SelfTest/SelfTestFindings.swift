import Foundation
import Measurement
import Records
import Tensors

/// What a self-test found.
struct SelfTestFindings: Sendable {
    /// Medians of the null engine in nanoseconds, one a process.
    struct Overhead: Sendable {
        /// A sample of one run: reading the clock, and calling the engine.
        var sample: [Double]
        /// One more run in a sample: calling the engine.
        var call: [Double]
    }

    /// An engine of known time.
    struct Truth: Sendable {
        /// What every run takes.
        var latency: Duration
        /// The run times that were measured, in nanoseconds, by processes.
        var processes: [[Int64]] = []

        /// What the median of each process is too long, in nanoseconds.
        var errors: [Double] {
            processes.compactMap { Selection.median(of: $0) }.map { $0 - latency / .nanoseconds(1) }
        }

        /// From the median to the 99th percentile of all runs, in nanoseconds; `nil` with too few.
        var spread: Double? {
            let all = processes.flatMap(\.self)
            guard let median = Selection.median(of: all), let tail = QuantileEstimate(0.99, of: all) else { return nil }
            return tail.value - median
        }
    }

    /// A disturbance that was injected, and what it was taken for.
    struct Disturbed: Sendable {
        var injected: SelfTestDisturbance
        var certificates: [StationarityCertificate] = []

        /// How often it was named.
        var named: Int { certificates.filter(injected.isNamed).count }

        /// What it was taken for, the most frequent first.
        var takenFor: [(cause: String, count: Int)] {
            var counts: [String: Int] = [:]
            for certificate in certificates { counts[certificate.cause?.words ?? "nothing", default: 0] += 1 }
            return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, $0.value) }
        }
    }

    /// An engine compared with itself.
    struct Resolution: Sendable {
        var stack: String
        var model: String
        /// The logarithms of the ratios.
        var logarithms: [Double]
        /// How many comparisons called it different from itself.
        var different: Int
        /// The confidence of one comparison that equal things are not called different.
        var level: Double
        /// The share up to which two sides count as the same.
        var margin: Double

        /// The difference that 95 of 100 ratios of equal things stay below, as a share, with its interval.
        ///
        /// The logarithm of such a ratio has the mean 0, so its root mean square is its standard deviation, and 1.96 of
        /// them, or what Student's distribution puts in the place of that, is the distance asked for. The squares of n
        /// normal numbers have a chi-square distribution, which gives the interval.
        var share: (value: Double, interval: Interval)? {
            guard logarithms.count >= 3 else { return nil }
            let n = Double(logarithms.count)
            let sum = logarithms.reduce(0) { $0 + $1 * $1 }
            let quantile = Distributions.inverseStudent(0.975, degreesOfFreedom: n)
            func share(_ squares: Double) -> Double { exp(quantile * (sum / squares).squareRoot()) - 1 }
            return (
                share(n),
                Interval(
                    lower: share(Self.chiSquare(0.975, n)), upper: share(Self.chiSquare(0.025, n)), level: 0.95,
                    method: "chi-square")
            )
        }

        /// The number below which a sum of n squares of standard normal numbers lies (Wilson and Hilferty 1931, "The
        /// distribution of chi-square"): within 1 % from three on.
        private static func chiSquare(_ probability: Double, _ n: Double) -> Double {
            let z = Distributions.inverseNormal(probability)
            let root = 1 - 2 / (9 * n) + z * (2 / (9 * n)).squareRoot()
            return n * root * root * root
        }
    }

    var overhead: Overhead?
    var truths: [Truth] = []
    var disturbances: [Disturbed] = []
    var resolution: Resolution?
}
