import Foundation

/// Where the level of a series of run times changes.
///
/// The samples are replaced by their ranks, so that neither outliers nor the shape of the distribution matter (Pettitt 1979,
/// "A non-parametric approach to the change-point problem"), and these are cut into segments of constant mean at the least
/// cost. A change costs 3 log n (the leading term of the modified Bayes criterion: Zhang and Siegmund 2007, "A modified Bayes
/// information criterion") in units of the long-run variance, in which neighbours that depend on each other count for as
/// little as they tell (Lavielle and Moulines 2000, "Least-squares estimation of an unknown number of shifts").
///
/// At most one series in twenty of noise that does not change has a change found in it: independent samples of any
/// distribution, and autoregressive ones whose neighbours correlate by up to 0.8, from 200 samples on. Noise that wanders
/// more slowly than its neighbours show takes 1000 samples for that.
public struct ChangePoints: Sendable, Hashable {
    /// The index of the first sample of every new level, ascending.
    public let indices: [Int]
    /// How many samples there were.
    public let count: Int

    /// Fewer samples tell nothing of changes.
    package static let fewestSamples = 16

    /// Finds the changes; `nil` when a sample is not a number.
    public init?(in samples: [Double]) {
        guard samples.allSatisfy({ !$0.isNaN }) else { return nil }
        self.init(ordered: samples)
    }

    /// Finds the changes in integer samples, such as nanoseconds.
    public init(in samples: [Int64]) { self.init(ordered: samples.map(Double.init)) }

    private init(ordered samples: [Double]) {
        count = samples.count
        let scores = samples.count >= Self.fewestSamples ? Self.ranks(of: samples) : []
        let deviation = Self.longRunVariance(of: scores).squareRoot()
        guard deviation > 0 else {
            indices = []
            return
        }
        let series = Self.filtered(scores.map { $0 / deviation })
        let partition = OptimalPartition(of: series, penalty: 3 * log(Double(count)))
        indices = partition.changes
    }

    /// The segments between the changes; none for an empty series.
    public var segments: [Range<Int>] {
        guard count > 0 else { return [] }
        return zip([0] + indices, indices + [count]).map { $0..<$1 }
    }

    /// The ranks, equal samples at their mean, moved and scaled to mean 0 and, without equal samples, variance 1.
    private static func ranks(of samples: [Double]) -> [Double] {
        let order = samples.indices.sorted { samples[$0] < samples[$1] }
        let n = Double(samples.count)
        let scale = (12 / (n * n - 1)).squareRoot()
        var ranks = [Double](repeating: 0, count: samples.count)
        var first = 0
        while first < order.count {
            var last = first
            while last + 1 < order.count, samples[order[last + 1]] == samples[order[first]] { last += 1 }
            let rank = (Double(first + last) / 2 - (n - 1) / 2) * scale
            for position in first...last { ranks[order[position]] = rank }
            first = last + 1
        }
        return ranks
    }

    /// Takes what lies further than 3 from the median of the seven values around it for that far (Hampel's filter: Pearson
    /// 2002, "Outliers in process modeling and identification").
    ///
    /// Up to three outliers in a row then never pay for a segment of their own. That matters for coarse clocks, on which most
    /// samples are equal and the rank of an outlier is far from all others.
    private static func filtered(_ series: [Double]) -> [Double] {
        series.indices.map { index in
            let first = min(max(index - 3, 0), series.count - 7)
            let median = series[first..<(first + 7)].sorted()[3]
            return min(max(series[index], median - 3), median + 3)
        }
    }

    /// The variance of a mean of many scores, times their number; changes of the level hardly add to it.
    ///
    /// It is the larger of two estimates from differences, one that looks at neighbours and one that looks at blocks.
    private static func longRunVariance(of scores: [Double]) -> Double {
        guard scores.count >= fewestSamples else { return 0 }
        return max(autoregressiveVariance(of: scores), blockVariance(of: scores))
    }

    /// The long-run variance of an autoregressive process, from differences of neighbours and of next neighbours.
    ///
    /// Their mean squares are 2σ²(1 − ρ) and 2σ²(1 − ρ²), so that their ratio gives ρ (after Chakar et al. 2017, "A robust
    /// approach for estimating change-points in the mean of an AR(1) process").
    private static func autoregressiveVariance(of scores: [Double]) -> Double {
        let near = trimmedMeanSquare(of: scores, lag: 1)
        guard near > 0 else {
            // Hardly ever do neighbours differ: a coarse clock. What differences there are count fully.
            return squaresOfDifferences(of: scores, lag: 1).reduce(0, +) / (2 * Double(scores.count - 1))
        }
        let correlation = min(max(trimmedMeanSquare(of: scores, lag: 2) / near - 1, 0), 0.95)
        return near / 2 * (1 + correlation) / ((1 - correlation) * (1 - correlation))
    }

    /// The mean square of differences without the largest twentieth, which changes of the level may have made.
    ///
    /// Of independent ranks, whose differences have a triangular distribution, the rest sums up to 0.78 of all, of normal
    /// numbers to 0.72.
    private static func trimmedMeanSquare(of scores: [Double], lag: Int) -> Double {
        let squares = squaresOfDifferences(of: scores, lag: lag).sorted()
        return squares[..<(squares.count * 19 / 20)].reduce(0, +) / (0.75 * Double(squares.count))
    }

    private static func squaresOfDifferences(of scores: [Double], lag: Int) -> [Double] {
        zip(scores.dropFirst(lag), scores).map { ($0 - $1) * ($0 - $1) }
    }

    /// The long-run variance from the median square of differences of means of neighbouring blocks, whose length grows with
    /// the cube root of n (Wu and Zhao 2007, "Inference of trends in time series"); 0 with fewer than ten blocks.
    private static func blockVariance(of scores: [Double]) -> Double {
        let length = Int(3 * cbrt(Double(scores.count)))
        let blocks = scores.count / length
        guard blocks >= 10 else { return 0 }
        let means = (0..<blocks).map { block in
            scores[(block * length)..<((block + 1) * length)].reduce(0, +) / Double(length)
        }
        var selection = Selection(squaresOfDifferences(of: means, lag: 1))
        // The median of the square of a standard normal number is 0.4549.
        return Double(length) * selection.element(rank: (blocks - 1) / 2) / (2 * 0.4549)
    }
}
