package import Measurement

/// How contenders are timed side by side.
package struct ContestPlan: Sendable {
    /// Fresh processes of each contender at least; layout in memory differs from process to process.
    package var processes: Int
    /// Fresh processes of each contender at most, when the precision asks for more; unless told, fewer than a look takes
    /// (``SequentialRatio/fewest``) are just so many.
    package var mostProcesses: Int
    /// Rounds in which the processes that live together take their turns.
    package var rounds: Int
    /// How long one process runs in its turn.
    package var burst: Duration
    /// How long a process runs at least before it takes turns; up to ten times as long until its run times have settled.
    package var warmup: Duration
    /// Whether those that live together keep to the same processors, as many as the stack has threads, drawn anew each time.
    package var isPinned: Bool
    /// How long all may take, starts included: no process is started that would go beyond it; `nil` for no limit.
    package var budget: Duration?
    /// What a sample counts.
    package var clock: MeasureJob.Clock
    /// The seed of the order of turns.
    package var seed: Int
    /// The half width of the interval of the ratio at which enough is known; `nil` stops at `processes`.
    package var precision: Double?
    /// The confidence level of that interval.
    package var level: Double

    /// When enough is known; `nil` without a precision.
    package var rule: SequentialRatio? {
        precision.map {
            SequentialRatio(precision: $0, level: level, minimum: max(processes, SequentialRatio.fewest))
        }
    }

    /// Makes a plan.
    package init(
        processes: Int = 12, mostProcesses: Int? = nil, rounds: Int = 20, burst: Duration = .milliseconds(5),
        warmup: Duration = .milliseconds(20), isPinned: Bool = true, budget: Duration? = nil,
        clock: MeasureJob.Clock = .wall, seed: Int = 1,
        precision: Double? = nil, level: Double = 0.95
    ) {
        self.processes = processes
        self.mostProcesses =
            mostProcesses ?? (precision == nil || processes < SequentialRatio.fewest ? processes : 200)
        self.rounds = rounds
        self.burst = burst
        self.warmup = warmup
        self.isPinned = isPinned
        self.budget = budget
        self.clock = clock
        self.seed = seed
        self.precision = precision
        self.level = level
    }
}
