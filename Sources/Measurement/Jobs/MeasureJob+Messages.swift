public import Engines
public import Tensors

extension MeasureJob {
    /// What a sample counts.
    public enum Clock: String, Codable, Sendable, CaseIterable {
        /// The time that passes.
        case wall
        /// User and system time of all threads of the worker: what others do on the machine is not in it.
        case processor

        /// Nanoseconds since some fixed point in the past.
        @inline(__always)
        func now() -> Int64 {
            switch self {
            case .wall: MonotonicClock.now()
            case .processor: EngineProcesses.processorTime()
            }
        }
    }

    /// What to measure, and for how long.
    public struct Request: Codable, Sendable {
        /// The worker's number of the model.
        public var model: Int
        /// One tensor for each input, in order.
        public var inputs: [AttachedTensor]
        /// How long to run before anything is kept, in nanoseconds; at most so long where the run times decide.
        public var warmupNanoseconds: Int64
        /// Whether warm-up ends as soon as the run times have settled.
        public var settles: Bool
        /// How long to run at least where the run times decide, in nanoseconds.
        public var leastWarmupNanoseconds: Int64
        /// How many runs to make before anything is kept, at least.
        ///
        /// The first run of a session allocates; one that has run just now needs none.
        public var warmupRuns: Int
        /// How long to collect samples, in nanoseconds.
        public var durationNanoseconds: Int64
        /// How many samples to collect even when that takes longer.
        public var minimumSamples: Int
        /// After how many samples to stop even when the time is not over, at most 10^8.
        public var maximumSamples: Int
        /// Runs in one sample: more than one where a run is not much longer than reading the clock (some 25 ns).
        public var batch: Int
        /// What a sample counts.
        public var clock: Clock
        /// Time spent on nothing after each run, inside the sample, in nanoseconds: extra work of a known length.
        public var addedNanoseconds: Int64
        /// Whether the last outputs come back with the samples.
        public var keepsOutputs: Bool
        /// How long a block of runs is, before and after which process and machine are read, in nanoseconds; 0 reads nothing.
        public var blockNanoseconds: Int64
        /// Whether process and machine are read once before the runs that are not kept and once after the last sample.
        ///
        /// What a reading does to the caches is over when the first sample is taken. Has no effect on blocks.
        public var readsEnds: Bool

        /// Makes a request.
        public init(
            model: Int, inputs: [Tensor], warmup: Duration = .milliseconds(200), warmupRuns: Int = 1,
            duration: Duration = .seconds(1), minimumSamples: Int = 1, maximumSamples: Int = 100_000, batch: Int = 1,
            clock: Clock = .wall, added: Duration = .zero, keepsOutputs: Bool = false, settles: Bool = false,
            leastWarmup: Duration = .milliseconds(50), block: Duration = .zero,
            readsEnds: Bool = false
        ) {
            self.model = model
            self.inputs = inputs.map(AttachedTensor.init)
            warmupNanoseconds = warmup.wholeNanoseconds
            self.warmupRuns = warmupRuns
            durationNanoseconds = duration.wholeNanoseconds
            self.minimumSamples = minimumSamples
            self.maximumSamples = maximumSamples
            self.batch = batch
            self.clock = clock
            addedNanoseconds = added.wholeNanoseconds
            self.keepsOutputs = keepsOutputs
            self.settles = settles
            leastWarmupNanoseconds = leastWarmup.wholeNanoseconds
            blockNanoseconds = block.wholeNanoseconds
            self.readsEnds = readsEnds
        }
    }

    /// The most samples that one request gives.
    static let mostSamples = 100_000_000

    /// What was measured.
    public struct Response: Codable, Sendable {
        private var packed: AttachedTensor
        private var packedTransfers: AttachedTensor?
        /// How warm-up went.
        public var warmup: WarmUpReport
        /// When the first sample began, in nanoseconds on the clock that all processes of the machine share.
        public var begin: Int64
        /// Time from the first sample's start to the last one's end, in nanoseconds.
        public var elapsedNanoseconds: Int64
        /// What was read between the blocks of samples, or at both ends; empty where it was not asked for.
        public var readings: [MachineReading]
        /// What the worker's process had used before the first sample.
        public var before: WorkerStatus
        /// What it had used after the last one.
        public var after: WorkerStatus
        /// The outputs, by index, that hold an infinity or a NaN after the last run.
        public var nonFiniteOutputs: [Int]
        /// The outputs of the last run, where they were asked for.
        public var outputs: [AttachedTensor]
        /// How the engine carried the last run out, where it has more than one way: `plan`, `interpreter`.
        public var route: String?

        package init(
            samples: AttachedTensor, warmup: WarmUpReport, begin: Int64, elapsedNanoseconds: Int64,
            readings: [MachineReading], before: WorkerStatus, after: WorkerStatus, nonFiniteOutputs: [Int],
            outputs: [AttachedTensor], route: String?, transfers: AttachedTensor? = nil
        ) {
            packed = samples
            packedTransfers = transfers
            self.warmup = warmup
            self.begin = begin
            self.elapsedNanoseconds = elapsedNanoseconds
            self.readings = readings
            self.before = before
            self.after = after
            self.nonFiniteOutputs = nonFiniteOutputs
            self.outputs = outputs
            self.route = route
        }

        /// The samples in nanoseconds on the clock of the request, in order; each is the time of `batch` runs.
        public var samples: [Int64] { (try? packed.tensor.values()) ?? [] }

        /// What of each sample inputs took to the engine's device and outputs back from it, in nanoseconds; empty where the
        /// engine computes in main memory.
        public var transfers: [Int64] { (try? packedTransfers?.tensor.values()) ?? [] }

        /// Runs made before the first sample.
        public var warmupRuns: Int { warmup.runs }

        /// The samples with what was read between their blocks.
        public var stretch: MeasuredStretch {
            MeasuredStretch(samples: samples, readings: readings, transfers: transfers)
        }

        /// True when no output holds an infinity or a NaN.
        public var allFinite: Bool { nonFiniteOutputs.isEmpty }

        /// Processor time of all threads while the samples were taken, in nanoseconds.
        public var processorNanoseconds: Int64 { after.processorNanoseconds - before.processorNanoseconds }

        /// How often others took the processor away meanwhile: a busy machine shows here.
        public var involuntarySwitches: Int { after.involuntarySwitches - before.involuntarySwitches }
    }
}
