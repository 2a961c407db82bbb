/// How fast the processes of one contender were, one after the other, and the processor meanwhile.
///
/// Processors differ in speed: levels and speeds count as shares of the median on the same processors.
struct ProcessPace {
    typealias Finding = StationarityCertificate.Finding

    /// One turn.
    private struct Turn {
        var level: Double
        var speed: Double
    }

    /// One process: the medians of its turns, and how long they took.
    private struct Life {
        /// When it took its first turn, in seconds.
        let time: Double
        let level: Double
        let speed: Double
        let length: Double
        /// Steps of the chain a nanosecond.
        let rate: Double
    }

    /// The straight line through the levels of the processes, which draw them independently; `nil` with too few.
    let trend: TrendTest?
    private let speedTrend: TrendTest?
    private let lives: [Life]

    /// - Parameters:
    ///   - processes: the blocks of each process.
    ///   - processors: those that each kept to.
    init(_ processes: [[MeasuredBlock]], processors: [[Int]?]) {
        let origin = processes.first?.first?.begin ?? 0
        var turns = processes.map { blocks in
            blocks.map { block in
                Turn(level: Selection.median(of: block.samples) ?? 0, speed: block.stepRate)
            }
        }
        for places in Dictionary(grouping: turns.indices, by: { processors[$0] }).values {
            let level = Selection.median(of: places.flatMap { turns[$0].map(\.level) }) ?? 0
            let speed = Selection.median(of: places.flatMap { turns[$0].map(\.speed) }) ?? 0
            for place in places {
                for index in turns[place].indices {
                    turns[place][index].level /= level > 0 ? level : 1
                    turns[place][index].speed /= speed > 0 ? speed : 1
                }
            }
        }
        lives = zip(turns, processes).map { turns, blocks in
            Life(
                time: Double((blocks.first?.begin ?? origin) - origin) * 1e-9,
                level: Selection.median(of: turns.map(\.level)) ?? 0,
                speed: Selection.median(of: turns.map(\.speed)) ?? 0,
                length: blocks.reduce(0) { $0 + Double($1.elapsed) },
                rate: Selection.median(of: blocks.map(\.stepRate)) ?? 0)
        }
        let times = lives.map(\.time)
        trend = TrendTest(times: times, independent: lives.map(\.level))
        speedTrend =
            lives.allSatisfy { $0.speed > 0 } ? TrendTest(times: times, independent: lives.map(\.speed)) : nil
    }

    /// What changed from process to process by the tolerance; `nil` where nothing did.
    func finding(_ tolerance: Double) -> Finding? {
        if let finding = throttled(tolerance) { return finding }
        guard let trend, trend.isCertain, abs(trend.change) >= tolerance else { return nil }
        return LevelChanges.gradual(trend, processor: speedTrend)
    }

    /// Processes on a processor that was slower than for others, and in which runs were slower too.
    private func throttled(_ tolerance: Double) -> Finding? {
        let fastest = lives.map(\.speed).max() ?? 0
        let slow = lives.filter { $0.speed > 0 && $0.speed * (1 + tolerance) < fastest }
        let fast = lives.filter { $0.speed * (1 + tolerance) >= fastest }
        let total = lives.reduce(0) { $0 + $1.length }
        guard fastest > 0, total > 0, let slowLevel = Selection.median(of: slow.map(\.level)),
            let fastLevel = Selection.median(of: fast.map(\.level)), fastLevel > 0,
            let slowSpeed = Selection.median(of: slow.map(\.speed)), slowSpeed > 0,
            let slowRate = Selection.median(of: slow.map(\.rate)),
            let fastRate = Selection.median(of: fast.map(\.rate))
        else { return nil }
        let share = slow.reduce(0) { $0 + $1.length * (1 - $1.speed / fastest) } / total
        let ratio = slowLevel / fastLevel
        guard share >= tolerance / 2, ratio - 1 >= (fastest / slowSpeed - 1) / 2 else { return nil }
        return Finding(
            cause: .slowerProcessor, share: share,
            evidence:
                "in \(slow.count) of \(lives.count) processes runs took \(Evidence.number(ratio)) times as long while "
                + "the processor ran at \(Evidence.number(slowRate)) and not at \(Evidence.number(fastRate)) GHz")
    }
}
