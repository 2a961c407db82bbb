import Engines
import Measurement
import Records
import Timelines

/// What one stack showed at all levels.
struct TracedStack: Sendable {
    /// One of its workers.
    struct Seat: Sendable, Hashable {
        let stack: Int
        let watch: TraceSeat.Watch
    }

    /// What tables call the stack.
    let title: String
    /// What the library said it is; `nil` where it could not be opened.
    var identity: EngineIdentity?
    /// The options in force.
    var options: EngineOptions?
    /// How it got through.
    var outcome = Outcome.State.completed
    /// The end of what a worker that failed wrote to standard error.
    var log = ""
    /// How each warm-up went whose end was for the run times to say: in every process one before each level whose runs the
    /// engine's profiler does not watch.
    var warmups: [WarmUpReport] = []
    /// False once the engine said that it has no profiler.
    var hasProfiler = true
    /// The levels that were asked for, from the application down.
    var levels: [LevelRuns]

    init(title: String, levels: [Timeline.Level]) {
        self.title = title
        self.levels = levels.map { LevelRuns($0) }
    }

    /// The runs of a level; `nil` where it was not asked for.
    subscript(_ level: Timeline.Level) -> LevelRuns? { levels.first { $0.level == level } }

    /// Whether a level that can be had needs a worker of this kind.
    func needs(_ watch: TraceSeat.Watch) -> Bool {
        levels.contains { $0.level.watch == watch && $0.unavailable == nil }
    }

    /// How much longer a run takes at a level than at the model's; `nil` for the model's own.
    func overhead(of level: Timeline.Level) -> Quantity? {
        guard level != .model, let runs = self[level], runs.isAvailable, let model = self[.model] else { return nil }
        return runs.times.ratio(over: model.times)
    }
}

extension TraceSpec {
    /// The levels that are watched, from the application down; the model's is always among them.
    var watched: [Timeline.Level] { Set(levels + [.model]).sorted() }
}
