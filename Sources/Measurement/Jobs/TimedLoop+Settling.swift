import Engines

extension TimedLoop {
    /// The least time that run times are looked at before they count as settled: clocks and caches take about so long.
    private static let shortest: Int64 = 50_000_000
    /// Looks are this factor apart, so that looking takes little of the time.
    private static let growth = 1.5
    /// As many points as tell whether a series has settled.
    private static let points = 256
    /// Runs between two looks at most, so that a run of some nanoseconds fills no memory.
    private static let mostBetweenLooks = 200_000

    /// Runs until the run times have settled, by the changes of their level, or until the time is over.
    ///
    /// Settled is what `WarmUp.end(of:)` finds in the first half of the runs so far: the second half shows that it lasts.
    mutating func settle(fewest: Int, cap: Int64, isCancelled: () -> Bool) throws(EngineError) -> WarmUpReport {
        var series: [Int64] = []
        var spent: Int64 = 0
        let least = max(ChangePoints.fewestSamples, fewest)
        let limit = max(cap, 0)
        var look = min(Self.shortest, limit)
        while true {
            try collect(
                Limits(
                    minimum: spent < limit ? 1 : max(fewest - series.count, 0), maximum: Self.mostBetweenLooks,
                    nanoseconds: look - spent), into: &series, isCancelled: isCancelled)
            spent += count > 0 ? elapsed : 0
            let isLong = series.count >= least && spent >= min(Self.shortest, limit)
            let end: WarmUpReport.End? =
                isLong && Self.isSettled(series)
                ? .settled
                : spent < limit || series.count < fewest ? nil : series.count < least ? .tooFewRuns : .capped
            if let end { return WarmUpReport(runs: series.count * batch, nanoseconds: spent, end: end) }
            look = min(max(Int64(Double(spent) * Self.growth), Self.shortest), limit)
        }
    }

    /// Whether the medians of groups of neighbours have settled.
    static func isSettled(_ series: [Int64]) -> Bool {
        let size = max(1, series.count / points)
        let medians = stride(from: 0, to: series.count - size + 1, by: size).compactMap {
            Selection.median(of: Array(series[$0..<($0 + size)]))
        }
        return WarmUp.end(of: medians.map { Int64($0.rounded()) }) != nil
    }
}
