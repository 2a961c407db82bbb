import Measurement

/// The times of one cell, in nanoseconds.
struct CellTiming: Sendable {
    /// Times inside the engine of the first runs of a process, in their order: of several processes the shortest, since what
    /// disturbs the machine does not come at the same run of each.
    private(set) var early: [Int64] = []
    /// Runs of the samples that the process had been given before, round by round.
    var seen: [SidedTimes] = []
    /// Runs of inputs that it had not, each of the shapes of its counterpart in `seen`.
    var novel: [SidedTimes] = []
    /// Runs of a model that only carries as many bytes in and out, round by round beside those.
    var carrier: [SidedTimes] = []
    /// Why there are none.
    var carrierObstacle = "nothing was timed"
    /// Runs of the timed loop that were given one input again and again, round by round; empty with one input only.
    var reused: [[Int64]] = []
    /// Runs of the timed loop that were given the inputs in turn, round by round.
    var inTurn: [[Int64]] = []
    /// How many processors worked while inputs came in turn; `nil` where nothing was timed.
    var use: ProcessorUse?
    /// How warming up went.
    var warmups: [WarmUpReport] = []

    /// The very first run of a process.
    var first: Int64? { early.first }

    /// The median of all runs with inputs in turn; `nil` where nothing was timed.
    var median: Double? { Selection.median(of: inTurn.flatMap(\.self)) }

    /// The median of new inputs by their place among the samples: what a first run is held against.
    var settled: [Double] {
        (0..<(novel.map(\.engine.count).min() ?? 0)).compactMap { place in
            Selection.median(of: novel.map { $0.engine[place] })
        }
    }

    /// Takes in the first runs of one more process.
    mutating func add(early times: [Int64]) {
        early = early.isEmpty ? times : zip(early, times).map { min($0, $1) }
    }
}
