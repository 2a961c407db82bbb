import Foundation

/// The slow and the fast parts of a series, and what they have to do with the machine.
struct LevelChanges {
    typealias Finding = StationarityCertificate.Finding

    /// How many changes of the level reach the tolerance.
    let count: Int
    /// The share of the time that the slow parts cost over the fast ones.
    let slowShare: Double
    /// Whether a straight line tells as much as the steps.
    let isGradual: Bool
    private let tolerance: Double
    /// How many times longer the runs of the slow parts take.
    private let ratio: Double
    /// Whether everything slow comes before everything fast.
    private let isAtStart: Bool
    /// When the first slow part begins, in seconds.
    private let beginning: Double
    private let slow: [MeasuredBlock]
    private let fast: [MeasuredBlock]
    private let all: [MeasuredBlock]

    init(_ series: LevelSeries, _ blocks: [MeasuredBlock], tolerance: Double) {
        self.tolerance = tolerance
        all = blocks
        let points = series.points
        let levels = points.map(\.level)
        let segments = (ChangePoints(in: levels)?.segments ?? []).map { range in
            (range: range, level: Selection.median(of: Array(levels[range])) ?? 0)
        }
        // The fastest part that is no accident: a twentieth of all at least.
        let reference = segments.filter { $0.range.count * 20 >= points.count }.map(\.level).min() ?? 0
        let slowSegments = segments.filter { reference > 0 && $0.level > reference * (1 + tolerance) }
        count = zip(segments, segments.dropFirst()).count { abs($1.level - $0.level) > tolerance * reference }
        let total = levels.reduce(0, +)
        let excess = slowSegments.reduce(0.0) { $0 + ($1.level - reference) * Double($1.range.count) }
        slowShare = total > 0 ? excess / total : 0
        let slowCount = slowSegments.reduce(0) { $0 + $1.range.count }
        ratio = slowCount > 0 && reference > 0 ? 1 + excess / Double(slowCount) / reference : 1
        isAtStart = (slowSegments.last?.range.upperBound ?? .max) == slowCount && slowCount < points.count
        beginning = slowSegments.first.map { points[$0.range.lowerBound].time } ?? 0
        var slowPoints: [Int: Int] = [:]
        for segment in slowSegments { for index in segment.range { slowPoints[points[index].block, default: 0] += 1 } }
        let counts = points.reduce(into: [Int: Int]()) { $0[$1.block, default: 0] += 1 }
        slow = blocks.indices.filter { 2 * slowPoints[$0, default: 0] > counts[$0, default: 0] }.map { blocks[$0] }
        fast = blocks.indices.filter { counts[$0] != nil && slowPoints[$0] == nil }.map { blocks[$0] }
        isGradual = !slowSegments.isEmpty && Self.isLine(series, segments.map(\.range))
    }

    /// What changed the level; `nil` where it did not change by the tolerance.
    ///
    /// - Parameter trend: the straight line, where there are no steps or it tells as much as they do.
    func finding(trend: TrendTest?) -> Finding? {
        if slowShare >= tolerance / 2 { return steps(trend) }
        guard let trend, trend.isCertain, abs(trend.change) >= tolerance else { return nil }
        return Self.gradual(trend, processor: processorTrend())
    }

    private func steps(_ trend: TrendTest?) -> Finding? {
        let times = "\(Evidence.number(ratio)) times as long"
        let when = "from \(Evidence.number(beginning)) s on"
        if let finding = machineFinding("runs took \(times)") { return finding }
        if let trend, isGradual, trend.isCertain { return Self.gradual(trend, processor: processorTrend()) }
        if isAtStart {
            return Finding(cause: .coldStart, share: slowShare, evidence: "runs took \(times) at the beginning")
        }
        return Finding(
            cause: .slowerEngine, share: slowShare,
            evidence: "runs took \(times) \(when), while the processor kept its speed and nobody else had it")
    }

    /// Names a trend of the run times.
    ///
    /// - Parameter processor: the trend of the processor's speed meanwhile; `nil` where nothing is known of it.
    static func gradual(_ trend: TrendTest, processor: TrendTest?) -> Finding {
        let rate = "\(Evidence.percent(abs(trend.slope))) a second"
        let words = trend.slope > 0 ? "runs became longer by \(rate)" : "runs became shorter by \(rate)"
        let share = abs(trend.change) / 2 / (1 + abs(trend.change) / 2)
        if let processor, processor.isCertain, -processor.change * trend.change.direction >= abs(trend.change) / 2 {
            return Finding(
                cause: .slowerProcessor, share: share,
                evidence: "\(words) as the processor's speed changed by \(Evidence.percent(processor.change))")
        }
        return Finding(cause: .drift, share: share, evidence: words)
    }

    /// What the machine did in the slow parts that it did not do in the fast ones.
    private func machineFinding(_ words: String) -> Finding? {
        if let finding = deviceFinding(words) { return finding }
        let slowRate = Selection.median(of: slow.map(\.stepRate)) ?? 0
        let fastRate = Selection.median(of: fast.map(\.stepRate)) ?? 0
        if slowRate > 0, fastRate / slowRate - 1 >= max((ratio - 1) / 2, 0.01) {
            return Finding(
                cause: .slowerProcessor, share: slowShare,
                evidence: "\(words) while the processor ran at \(Evidence.number(slowRate)) and not at "
                    + "\(Evidence.number(fastRate)) GHz")
        }
        if slow.contains(where: { $0.throttleEvents > 0 }) {
            return Finding(
                cause: .slowerProcessor, share: slowShare, evidence: "\(words) when the processor throttled for heat")
        }
        let lost = 1 - 1 / ratio
        if let waiting = BlockUsage.waitingShare(slow), waiting - (BlockUsage.waitingShare(fast) ?? 0) >= lost / 2 {
            return Finding(
                cause: .anotherProcess, share: max(slowShare, waiting),
                evidence: "\(words) when it waited for a processor \(Evidence.percent(waiting)) of the time")
        }
        if let others = Self.others(slow), let before = Self.others(fast), others - before >= 0.25 {
            return Finding(
                cause: .anotherProcess, share: slowShare,
                evidence: "\(words) when others kept \(Evidence.number(others)) processors busy and not "
                    + Evidence.number(before))
        }
        return nil
    }

    /// Whether the device's clock explains at least half of it.
    private func deviceFinding(_ words: String) -> Finding? {
        let slowClock = Selection.median(of: slow.map(\.deviceClock)) ?? 0
        let fastClock = Selection.median(of: fast.map(\.deviceClock)) ?? 0
        guard slowClock > 0, fastClock / slowClock - 1 >= max((ratio - 1) / 2, 0.01) else { return nil }
        let limits = Set(slow.flatMap(\.deviceLimits)).sorted().joined(separator: ", ")
        return Finding(
            cause: .slowerDevice, share: slowShare,
            evidence: "\(words) while the device ran at \(Evidence.number(slowClock)) and not at "
                + "\(Evidence.number(fastClock)) MHz" + (limits.isEmpty ? "" : ", held down by: \(limits)"))
    }

    private func processorTrend() -> TrendTest? {
        guard let first = all.first, all.allSatisfy({ $0.stepRate > 0 }) else { return nil }
        return TrendTest(times: all.map { Double($0.begin - first.begin) * 1e-9 }, levels: all.map(\.stepRate))
    }

    private static func others(_ blocks: [MeasuredBlock]) -> Double? {
        BlockUsage.share(blocks.map(\.others), of: blocks.reduce(0.0) { $0 + Double($1.elapsed) })
    }

    /// Whether a line describes the levels better than the steps do, by Schwarz's criterion (1978, "Estimating the dimension
    /// of a model"): two numbers against a level and a place for each step.
    private static func isLine(_ series: LevelSeries, _ segments: [Range<Int>]) -> Bool {
        guard let trend = TrendTest(series) else { return false }
        let levels = series.smoothed
        let n = Double(levels.count)
        let steps = segments.reduce(0.0) { sum, range in
            let mean = levels[range].reduce(0, +) / Double(range.count)
            return sum + levels[range].reduce(0.0) { $0 + ($1 - mean) * ($1 - mean) }
        }
        // Neither fits better than the clock reads, about 10 ns.
        let floor = n * 100
        func criterion(_ squares: Double, _ parameters: Int) -> Double {
            n * log(max(squares, floor) / n) + Double(parameters) * log(n)
        }
        return criterion(trend.residuals, 2) < criterion(steps, 2 * segments.count - 1)
    }
}

extension Double {
    /// 1 or −1.
    fileprivate var direction: Double { self < 0 ? -1 : 1 }
}
