public import Engines
public import Tensors

extension ProfileJob {
    /// What to profile.
    public struct Request: Codable, Sendable {
        /// The worker's number of the model that was loaded with `EngineOptions.profiling`.
        public var model: Int
        /// The number of the same model loaded without; `nil` where the profiler's cost is not asked for.
        public var plain: Int?
        /// One tensor for each input, in order.
        public var inputs: [AttachedTensor]
        /// Runs of either session before anything is kept.
        public var warmupRuns: Int
        /// Runs of either session that are kept, at most 10^5.
        public var runs: Int
        /// How many runs of one session follow one another before it is the other's turn.
        public var burst: Int

        /// Makes a request.
        public init(model: Int, plain: Int? = nil, inputs: [Tensor], warmupRuns: Int = 3, runs: Int, burst: Int = 5) {
            self.model = model
            self.plain = plain
            self.inputs = inputs.map(AttachedTensor.init)
            self.warmupRuns = warmupRuns
            self.runs = runs
            self.burst = burst
        }
    }

    /// What the profiler saw, and how long the runs took.
    public struct Response: Codable, Sendable {
        private var packed: PackedProfile
        private var packedStarts: AttachedTensor
        private var packedTimes: AttachedTensor
        private var packedPlainTimes: AttachedTensor
        /// What the worker's process had used before the first run that was kept.
        public var before: WorkerStatus
        /// What it had used after the last one.
        public var after: WorkerStatus

        init(
            profile: EngineProfile, starts: [Int64], times: [Int64], plainTimes: [Int64], before: WorkerStatus,
            after: WorkerStatus
        ) {
            packed = PackedProfile(profile)
            packedStarts = AttachedTensor(Tensor(starts))
            packedTimes = AttachedTensor(Tensor(times))
            packedPlainTimes = AttachedTensor(Tensor(plainTimes))
            self.before = before
            self.after = after
        }

        /// What the profiler saw of the runs that were kept.
        ///
        /// An engine that tells sums over several runs gives fewer runs than there were.
        public var profile: EngineProfile { packed.profile }

        /// When each profiled run began, on the worker's monotonic clock, in nanoseconds.
        public var starts: [Int64] { (try? packedStarts.tensor.values()) ?? [] }

        /// How long each profiled run took as its caller saw it, in nanoseconds.
        public var times: [Int64] { (try? packedTimes.tensor.values()) ?? [] }

        /// How long each run without the profiler took, in nanoseconds.
        public var plainTimes: [Int64] { (try? packedPlainTimes.tensor.values()) ?? [] }
    }
}
