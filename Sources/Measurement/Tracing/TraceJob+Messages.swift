public import Engines
public import Tensors

extension TraceJob {
    /// What to watch, and for how long.
    public struct Request: Codable, Sendable {
        /// The worker's number of the model.
        public var model: Int
        /// One tensor for each input, in order.
        public var inputs: [AttachedTensor]
        /// How many runs to make before anything is kept, at least.
        public var warmupRuns: Int
        /// How long to run before anything is kept, in nanoseconds; at most so long where the run times decide.
        public var warmupNanoseconds: Int64
        /// Whether warm-up ends as soon as the run times have settled.
        public var settles: Bool
        /// How long to run at least where the run times decide, in nanoseconds.
        public var leastWarmupNanoseconds: Int64
        /// How long to keep runs, in nanoseconds.
        public var durationNanoseconds: Int64
        /// How many runs to keep even when that takes longer.
        public var minimumRuns: Int
        /// After how many runs to stop even when the time is not over.
        public var maximumRuns: Int
        /// The counters that are read before and after each run.
        public var counters: Set<CounterGroup>
        /// Whether the energy counters are read before the first and after the last run.
        public var measuresEnergy: Bool
        /// Whether what libraries print on standard output is kept.
        public var capturesOutput: Bool
        /// Whether the engine's profile is taken afterwards; the model must be loaded with `EngineOptions.profiling`, and
        /// its session may be of no use any more.
        public var takesProfile: Bool
        /// Whether the last outputs come back.
        public var keepsOutputs: Bool

        /// Makes a request that watches nothing: the level of the model.
        public init(
            model: Int, inputs: [Tensor], warmupRuns: Int = 1, warmup: Duration = .zero,
            duration: Duration = .zero, minimumRuns: Int = 1, maximumRuns: Int = 10_000,
            counters: Set<CounterGroup> = [], measuresEnergy: Bool = false, capturesOutput: Bool = false,
            takesProfile: Bool = false, keepsOutputs: Bool = false,
            settles: Bool = false, leastWarmup: Duration = .milliseconds(50)
        ) {
            self.model = model
            self.inputs = inputs.map(AttachedTensor.init)
            self.warmupRuns = warmupRuns
            warmupNanoseconds = warmup.wholeNanoseconds
            self.settles = settles
            leastWarmupNanoseconds = leastWarmup.wholeNanoseconds
            durationNanoseconds = duration.wholeNanoseconds
            self.minimumRuns = minimumRuns
            self.maximumRuns = maximumRuns
            self.counters = counters
            self.measuresEnergy = measuresEnergy
            self.capturesOutput = capturesOutput
            self.takesProfile = takesProfile
            self.keepsOutputs = keepsOutputs
        }
    }

    /// One run on the clock of the machine.
    public struct Run: Codable, Sendable, Hashable {
        /// When it began, on the raw monotonic clock, in nanoseconds.
        public var start: Int64
        /// How long it took, in nanoseconds.
        public var duration: Int64

        /// When it ended.
        public var end: Int64 { start + duration }

        /// Makes a run.
        public init(start: Int64, duration: Int64) {
            self.start = start
            self.duration = duration
        }
    }

    /// Energy of all runs together; or why none was read.
    public struct Energy: Codable, Sendable, Hashable {
        /// Joules of the whole package from the first run's start to the last one's end.
        public var joules: Double?
        /// How many runs that was.
        public var runs: Int
        /// Who counts.
        public var source: String
        /// Why there is no reading; `nil` where there is one.
        public var unavailable: String?
    }

    /// What was seen.
    public struct Response: Codable, Sendable {
        /// How warm-up went.
        public var warmup: WarmUpReport
        /// The runs that were kept, in order.
        public var runs: [Run]
        /// Nanoseconds of the Unix epoch less those of the raw monotonic clock, when the runs began.
        public var epoch: Int64
        /// The same when they had ended: the clock of the epoch is slewed meanwhile, the raw one is not.
        public var epochAtEnd: Int64
        /// What each counter showed, run by run.
        public var counts: [CounterSeries]
        /// The energy; `nil` where it was not asked for.
        public var energy: Energy?
        /// What libraries printed; empty where it was not asked for.
        public var printed: String
        var packedProfile: PackedProfile?
        /// The outputs of the last run, where they were asked for.
        public var outputs: [AttachedTensor]

        /// The profile of the runs that were kept; `nil` where it was not asked for.
        public var profile: EngineProfile? { packedProfile?.profile }
    }
}
