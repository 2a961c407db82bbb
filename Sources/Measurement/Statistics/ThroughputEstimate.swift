public import Records

/// Items a second, with an interval from the rates of blocks of runs (batch means: Law and Carson 1979).
///
/// Neighbouring run times depend on each other; the rates of whole blocks do so much less.
public struct ThroughputEstimate: Sendable, Hashable {
    /// Items a second, over all runs.
    public let value: Double
    /// The interval of the mean rate of a block.
    public let interval: Interval
    /// How many blocks there were.
    public let count: Int

    /// Estimates the rate from the run times of several rounds, in nanoseconds; `nil` with fewer than two rounds.
    ///
    /// - Parameter items: items that one run handles.
    public init?(rounds: [[Int64]], items: Int = 1, level: Double = 0.95) {
        let rates = rounds.compactMap { Self.rate($0, items: items) }
        guard rates.count == rounds.count, let mean = MeanEstimate(of: rates, level: level, method: "block-means")
        else { return nil }
        value = mean.value
        // A rate is never negative; Student's interval of few, noisy blocks does not know that.
        interval = Interval(
            lower: max(0, mean.interval.lower), upper: mean.interval.upper, level: mean.interval.level,
            method: mean.interval.method)
        count = mean.count
    }

    /// Estimates the rate from one long series, cut into blocks of equal length; `nil` when a block would be empty.
    public init?(samples: [Int64], blocks: Int = 20, items: Int = 1, level: Double = 0.95) {
        guard blocks > 1, samples.count >= blocks else { return nil }
        let length = samples.count / blocks
        // What does not fill a block is left out at the beginning, where the engine was coldest.
        let start = samples.count - length * blocks
        self.init(
            rounds: (0..<blocks).map { Array(samples[(start + $0 * length)..<(start + ($0 + 1) * length)]) },
            items: items, level: level)
    }

    private static func rate(_ samples: [Int64], items: Int) -> Double? {
        let total = samples.reduce(0.0) { $0 + Double($1) }
        return total > 0 ? Double(samples.count) * Double(items) * 1e9 / total : nil
    }
}
