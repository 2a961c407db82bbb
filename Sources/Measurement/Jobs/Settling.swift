/// Decides from the times of runs when warm-up is over: once they have settled, or once its longest time is over.
///
/// At looks that lie further and further apart the change points of all times so far are found. Settled is what
/// `WarmUp.end(of:)` finds in the first half: the second half shows that it lasts, and must have no trend either, since in a
/// short series a slow approach makes no change.
package struct Settling: Sendable {
    /// The usual least time that run times are looked at before they count as settled, in nanoseconds: clocks and caches take
    /// about so long.
    package static let usualLeast: Int64 = 50_000_000
    /// Looks are this factor apart, so that looking takes little of the time.
    private static let growth = 1.5
    /// As many points as tell whether a series has settled.
    private static let points = 256
    /// Runs between two looks at most, so that a run of some nanoseconds fills no memory.
    static let mostBetweenLooks = 200_000
    /// The change over the second half, as a share of the level, that counts as a trend.
    private static let trend = 0.02
    /// Levels that tell how much neighbours depend on each other even where they lie on a curve; so many are enough for
    /// change points to find a slow approach.
    private static let fewestDependent = 32

    private let fewest: Int
    private let least: Int64
    private let cap: Int64
    private let runsPerSample: Int
    private let period: Int
    private var series: [Int64] = []
    private var spent: Int64 = 0
    private var look: Int64
    private var unseen = 0

    /// Begins a warm-up.
    ///
    /// - Parameters:
    ///   - fewest: samples to take at least, even when that takes longer than `cap`.
    ///   - least: the least time in nanoseconds; `cap` where that is shorter.
    ///   - cap: the longest time in nanoseconds.
    ///   - runsPerSample: runs of the model in one sample.
    ///   - period: after how many samples the same inputs come again, where inputs of different shapes take turns; their times
    ///     then differ without any change of the level.
    package init(
        fewest: Int = 1, least: Int64 = Settling.usualLeast, cap: Int64, runsPerSample: Int = 1, period: Int = 1
    ) {
        self.fewest = max(fewest, 0)
        self.cap = max(cap, 0)
        self.least = min(max(least, 0), self.cap)
        self.runsPerSample = max(runsPerSample, 1)
        self.period = max(period, 1)
        look = self.least
    }

    /// Time until the next look, in nanoseconds.
    var nanosecondsToLook: Int64 { look - spent }

    /// Samples to take before the next look even when that takes longer.
    var fewestToLook: Int { spent < cap ? 1 : max(fewest - series.count, 0) }

    /// Takes in samples, and how long taking them took in nanoseconds; says how warm-up went once it is over.
    package mutating func add(_ samples: some Sequence<Int64>, nanoseconds: Int64) -> WarmUpReport? {
        let before = series.count
        series.append(contentsOf: samples)
        spent += nanoseconds
        unseen += series.count - before
        guard series.count >= fewest, spent >= look || unseen >= Self.mostBetweenLooks else { return nil }
        unseen = 0
        if let end { return WarmUpReport(runs: series.count * runsPerSample, nanoseconds: spent, end: end) }
        look = min(max(Int64(Double(spent) * Self.growth), least), cap)
        return nil
    }

    /// What ends the warm-up now; `nil` where it goes on.
    private var end: WarmUpReport.End? {
        let isLong = series.count >= max(ChangePoints.fewestSamples * period, fewest)
        if isLong, spent >= least, isSettled { return .settled }
        guard spent >= cap else { return nil }
        // No time at all was told, and nothing had to settle.
        return cap == 0 ? .told : isLong ? .capped : .tooFewRuns
    }

    /// Whether the medians of groups of neighbours have settled.
    private var isSettled: Bool {
        let size = (max(1, series.count / Self.points) + period - 1) / period * period
        let medians = stride(from: 0, to: series.count - size + 1, by: size).compactMap {
            Selection.median(of: Array(series[$0..<($0 + size)]))
        }
        guard WarmUp.end(of: medians.map { Int64($0.rounded()) }) != nil else { return false }
        return !Self.hasTrend(Array(medians.suffix(medians.count / 2)))
    }

    private static func hasTrend(_ levels: [Double]) -> Bool {
        let times = levels.indices.map(Double.init)
        // Too few to tell how much neighbours depend on each other are taken for independent: that only takes longer.
        let test =
            levels.count >= fewestDependent
            ? TrendTest(times: times, levels: levels) : TrendTest(times: times, independent: levels)
        return test.map { $0.isCertain && abs($0.change) >= trend } ?? false
    }
}
