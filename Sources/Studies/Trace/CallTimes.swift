import Engines
import Measurement
import Records

/// The times of a library's calls, by process and round, for calls of one kind and implementation together.
struct CallTimes: Sendable {
    /// A kind of call, and what carries it out.
    struct Kind: Sendable, Hashable {
        var kind: String
        var implementation: String
    }

    /// The kinds in the order of their first calls.
    private(set) var kinds: [Kind] = []
    /// Kind → process → the median of each round's runs, in nanoseconds.
    private var medians: [[[Double]]] = []
    /// Kind → calls in all runs.
    private var counts: [Int] = []
    private var rounds: [Int] = []
    /// How many runs stand behind them.
    private(set) var runs = 0
    /// The calls of the first turn, run by run, for timelines.
    private(set) var first: [[LibraryCall]] = []

    /// Whether the library told of no call.
    var isEmpty: Bool { kinds.isEmpty }

    /// Takes the calls of a round in, run by run.
    mutating func add(_ calls: [[LibraryCall]], process: Int) {
        guard calls.contains(where: { !$0.isEmpty }) else { return }
        if first.isEmpty { first = calls }
        while rounds.count <= process { rounds.append(0) }
        var times: [Kind: [Int64]] = [:]
        for (run, list) in calls.enumerated() {
            for call in list {
                let kind = Kind(kind: call.kind, implementation: call.implementation)
                times[kind, default: [Int64](repeating: 0, count: calls.count)][run] += call.duration
                if !kinds.contains(kind) {
                    kinds.append(kind)
                    counts.append(0)
                    medians.append(rounds.map { [Double](repeating: 0, count: $0) })
                }
                if let place = kinds.firstIndex(of: kind) { counts[place] += 1 }
            }
        }
        for (place, kind) in kinds.enumerated() {
            while medians[place].count <= process { medians[place].append([]) }
            medians[place][process].append(times[kind].flatMap { Selection.median(of: $0) } ?? 0)
        }
        rounds[process] += 1
        runs += calls.count
    }

    /// The time of a kind of call in a run.
    func time(of kind: Int) -> Quantity? {
        NestedTimes.time(medians[kind], count: runs)
    }

    /// How many calls of a kind there are in a run.
    func calls(of kind: Int) -> Double { runs > 0 ? Double(counts[kind]) / Double(runs) : 0 }

    /// The calls of each run.
    ///
    /// Where all runs made the same calls, each gets its turn of them; else, and where the library tells when, each gets
    /// those that began in it.
    static func split(_ calls: [LibraryCall], among response: TraceJob.Response) -> [[LibraryCall]] {
        let runs = response.runs
        guard let first = runs.first, let last = runs.last else { return [] }
        let placed = calls.map { call in
            var placed = call
            placed.start = call.start.map { response.monotonic($0, first: first.start, last: last.end) }
            return placed
        }
        let split = turns(placed, runs.count) ?? byTime(placed, runs)
        return zip(split, runs).map { calls, run in
            calls.map { call in
                var call = call
                call.start = call.start.map { min(max(0, $0 - run.start), run.duration) }
                return call
            }
        }
    }

    /// Equal shares in order; `nil` where they are not all of the same kinds.
    private static func turns(_ calls: [LibraryCall], _ runs: Int) -> [[LibraryCall]]? {
        let share = calls.count / runs
        guard share > 0, share * runs == calls.count else { return nil }
        let turns = (0..<runs).map { Array(calls[($0 * share)..<(($0 + 1) * share)]) }
        let kinds = turns[0].map { Kind(kind: $0.kind, implementation: $0.implementation) }
        let isRepeated = turns.allSatisfy { turn in
            turn.map { Kind(kind: $0.kind, implementation: $0.implementation) } == kinds
        }
        return isRepeated ? turns : nil
    }

    private static func byTime(_ calls: [LibraryCall], _ runs: [TraceJob.Run]) -> [[LibraryCall]] {
        var split = [[LibraryCall]](repeating: [], count: runs.count)
        var run = 0
        for call in calls {
            guard let start = call.start else { continue }
            // The stamp is a multiple of a microsecond, and taken as the call begins.
            while run < runs.count - 1, start >= runs[run + 1].start - 1000 { run += 1 }
            guard start >= runs[run].start - 1000, start <= runs[run].end else { continue }
            split[run].append(call)
        }
        return split
    }
}

extension TraceJob.Response {
    /// A time of the Unix epoch on the raw monotonic clock: the difference of the clocks when the runs began and when they
    /// had ended, and a straight line between.
    func monotonic(_ time: Int64, first: Int64, last: Int64) -> Int64 {
        let rough = time - epoch
        guard last > first else { return rough }
        let share = min(1, max(0, Double(rough - first) / Double(last - first)))
        return time - epoch - Int64(share * Double(epochAtEnd - epoch))
    }
}
