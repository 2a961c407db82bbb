import Foundation

/// Distribution functions and their inverses, as far as the intervals of this module need them.
package enum Distributions {
    /// The regularised incomplete beta function I_x(a, b) by Lentz's continued fraction (DLMF 8.17.22).
    package static func incompleteBeta(_ x: Double, _ a: Double, _ b: Double) -> Double {
        guard x > 0 else { return 0 }
        guard x < 1 else { return 1 }
        // The fraction converges fast below the mean; above it the complement is used (DLMF 8.17.4).
        guard x <= (a + 1) / (a + b + 2) else { return 1 - incompleteBeta(1 - x, b, a) }
        let front = exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * log(x) + b * log1p(-x)) / a
        return min(1, front * betaFraction(x, a, b))
    }

    private static func betaFraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
        let tiny = 1e-300
        func bounded(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
        var c = 1.0
        var d = 1 / bounded(1 - (a + b) * x / (a + 1))
        var result = d
        for step in 1...100_000 {
            let m = Double(step)
            let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
            d = 1 / bounded(1 + even * d)
            c = bounded(1 + even / c)
            result *= d * c
            let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
            d = 1 / bounded(1 + odd * d)
            c = bounded(1 + odd / c)
            result *= d * c
            if abs(d * c - 1) < 1e-15 { break }
        }
        return result
    }

    /// The x at which I_x(a, b) is `probability`, by bisection: 60 halvings leave less than one part in 10^15 of 1.
    package static func inverseIncompleteBeta(_ probability: Double, _ a: Double, _ b: Double) -> Double {
        bisect(from: 0, to: 1) { incompleteBeta($0, a, b) < probability }
    }

    /// The probability that a binomial count of `trials` with chance `chance` is at most `count`.
    package static func binomial(_ count: Int, _ trials: Int, _ chance: Double) -> Double {
        if count < 0 { return 0 }
        if count >= trials { return 1 }
        return incompleteBeta(1 - chance, Double(trials - count), Double(count + 1))
    }

    /// The probability that a standard normal number is at most `x`.
    package static func normal(_ x: Double) -> Double { erfc(-x / 2.0.squareRoot()) / 2 }

    /// The x below which a standard normal number lies with `probability`.
    package static func inverseNormal(_ probability: Double) -> Double {
        bisect(from: -40, to: 40) { normal($0) < probability }
    }

    /// The probability that a number from Student's t distribution is at most `x`.
    package static func student(_ x: Double, degreesOfFreedom: Double) -> Double {
        let tail = incompleteBeta(degreesOfFreedom / (degreesOfFreedom + x * x), degreesOfFreedom / 2, 0.5) / 2
        return x > 0 ? 1 - tail : tail
    }

    /// The x below which a number from Student's t distribution lies with `probability`, at least one half.
    package static func inverseStudent(_ probability: Double, degreesOfFreedom: Double) -> Double {
        guard probability > 0.5 else { return 0 }
        // t² / (ν + t²) has a beta distribution; solved there the tails of few degrees of freedom need no wide search.
        let y = inverseIncompleteBeta(2 * (1 - probability), degreesOfFreedom / 2, 0.5)
        return y > 0 ? (degreesOfFreedom * (1 - y) / y).squareRoot() : .infinity
    }

    /// The logarithm of the gamma function of a positive number (Lanczos 1964, with g = 7 and nine terms).
    package static func logGamma(_ x: Double) -> Double {
        let coefficients = [
            676.520_368_121_885_1, -1_259.139_216_722_402_8, 771.323_428_777_653_1, -176.615_029_162_140_6,
            12.507_343_278_686_905, -0.138_571_095_265_720_12, 9.984_369_578_019_572e-6, 1.505_632_735_149_311_6e-7,
        ]
        let z = x - 1
        var sum = 0.999_999_999_999_809_9
        for (index, coefficient) in coefficients.enumerated() { sum += coefficient / (z + Double(index) + 1) }
        let t = z + 7.5
        return 0.5 * log(2 * .pi) + (z + 0.5) * log(t) - t + log(sum)
    }

    private static func bisect(from low: Double, to high: Double, isBelow: (Double) -> Bool) -> Double {
        var (low, high) = (low, high)
        for _ in 0..<200 {
            let middle = (low + high) / 2
            guard middle > low, middle < high else { break }
            if isBelow(middle) { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }
}
