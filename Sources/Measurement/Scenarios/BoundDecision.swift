/// Whether a percentile of the response time keeps a bound, as far as the queries so far tell.
public enum BoundDecision: String, Codable, Sendable, Hashable, CaseIterable {
    /// It does: MLPerf's early stopping is satisfied.
    case holds
    /// It does not: so many queries over the bound would be rarer still if it did.
    case fails
    /// More queries are needed.
    case undecided

    /// Decides from the number of queries over the bound.
    public init(_ rule: EarlyStopping, queries: Int, overBound: Int) {
        if rule.isSufficient(queries: queries, overLatency: overBound) {
            self = .holds
        } else if rule.isExceeded(queries: queries, overLatency: overBound) {
            self = .fails
        } else {
            self = .undecided
        }
    }
}

extension EarlyStopping {
    /// Whether so many queries over the bound show that the percentile is above it: were it not, at least so many would be
    /// over with a chance of at most one minus the confidence, P[B(n, 1 − p) ≥ t] = I_{1−p}(t, n − t + 1).
    public func isExceeded(queries: Int, overLatency: Int) -> Bool {
        guard overLatency > 0, queries >= overLatency else { return false }
        return 1 - Distributions.binomial(overLatency - 1, queries, 1 - percentile) <= 1 - confidence
    }

    /// The least number of queries over the bound, among so many, that shows that the percentile is above it; `nil` where no
    /// number does.
    public func overLatencyThatFails(queries: Int) -> Int? {
        guard isExceeded(queries: queries, overLatency: queries) else { return nil }
        var (low, high) = (0, queries)
        while high - low > 1 {
            let middle = low + (high - low) / 2
            if isExceeded(queries: queries, overLatency: middle) { high = middle } else { low = middle }
        }
        return high
    }
}
