/// MLPerf's early stopping: how many queries it takes to say that a percentile of the latency keeps a bound.
///
/// Of n queries t were over the bound. Were the true share of queries within it only the percentile p, then at most t of n
/// would be over with the chance P[B(n, 1 − p) ≤ t] = I_p(n − t, t + 1); the run is long enough when that is at most one
/// minus the confidence (MLCommons, "MLPerf Inference rules", early stopping, with tolerance 0). It takes the queries for
/// independent. The number over the bound has no upper limit here: a limit makes the estimate of a percentile climb towards
/// the maximum when a fast system answers millions of queries.
public struct EarlyStopping: Sendable, Hashable {
    /// The percentile as a share, in (0, 1): 0.99 for the 99th.
    public let percentile: Double
    /// The confidence of the statement, in (0, 1); MLPerf's is 0.99.
    public let confidence: Double

    /// Makes a rule; `nil` unless both numbers lie in (0, 1).
    public init?(percentile: Double, confidence: Double = 0.99) {
        guard percentile > 0, percentile < 1, confidence > 0, confidence < 1 else { return nil }
        self.percentile = percentile
        self.confidence = confidence
    }

    /// Whether so many queries are enough when `overLatency` of them were over the bound.
    public func isSufficient(queries: Int, overLatency: Int) -> Bool {
        guard overLatency >= 0, queries > overLatency else { return false }
        let chance = Distributions.incompleteBeta(percentile, Double(queries - overLatency), Double(overLatency) + 1)
        return chance <= 1 - confidence
    }

    /// The least number of queries that is enough when `overLatency` of them are over the bound.
    ///
    /// It takes some tens of evaluations of the beta function, each of a time that grows with the root of the count.
    /// - Returns: `Int.max` where no such number can be written.
    public func minimumQueries(overLatency: Int) -> Int {
        let over = max(0, overLatency)
        guard over <= Int.max / 4 else { return .max }
        var (low, high) = (over, over + 1)
        while !isSufficient(queries: high, overLatency: over) {
            guard high <= Int.max / 4 else { return .max }
            (low, high) = (high, 2 * high)
        }
        while high - low > 1 {
            let middle = low + (high - low) / 2
            if isSufficient(queries: middle, overLatency: over) { high = middle } else { low = middle }
        }
        return high
    }

    /// How many queries more a run needs; 0 when it is long enough.
    public func furtherQueries(after queries: Int, overLatency: Int) -> Int {
        max(0, minimumQueries(overLatency: overLatency) - max(0, queries))
    }

    /// The largest number of queries over the bound for which so many queries are enough; `nil` when they are too few even
    /// for none.
    public func overLatencyAllowed(queries: Int) -> Int? {
        guard isSufficient(queries: queries, overLatency: 0) else { return nil }
        var (low, high) = (0, queries)
        while high - low > 1 {
            let middle = low + (high - low) / 2
            if isSufficient(queries: queries, overLatency: middle) { low = middle } else { high = middle }
        }
        return low
    }

    /// MLPerf's estimate of the percentile: without the t − 1 largest samples the largest, for the largest t allowed.
    ///
    /// The true percentile is above it with a chance of at most one minus the confidence.
    /// - Returns: `nil` when t is below 1, or when a sample is not a number.
    public func estimate(of samples: [Double]) -> Double? {
        guard let allowed = overLatencyAllowed(queries: samples.count), allowed >= 1,
            samples.allSatisfy({ !$0.isNaN })
        else { return nil }
        var selection = Selection(samples)
        return selection.element(rank: samples.count - allowed)
    }

    /// The estimate of the percentile of integer samples, such as nanoseconds.
    public func estimate(of samples: [Int64]) -> Double? { estimate(of: samples.map(Double.init)) }
}
