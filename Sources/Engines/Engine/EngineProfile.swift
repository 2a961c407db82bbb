/// What an engine's own profiler saw: the steps that a model became, and how long each took in each run.
public struct EngineProfile: Sendable, Hashable, Codable {
    /// One step of the engine: a kernel call, which may stand for several nodes of the model or for none.
    public struct Step: Sendable, Hashable, Codable {
        /// The engine's own name for it.
        public var name: String
        /// What it is, in the engine's words: `Conv`, `Reorder`, `FusedMatMul`.
        public var kind: String
        /// What carried it out, where the engine tells: `jit_avx512_core`, `CPUExecutionProvider`.
        public var implementation: String
        /// The names of the model's nodes that the engine says went into it; empty where it does not tell.
        public var nodes: [String]
        /// The values of the model that it writes, by name, as far as the engine keeps the names.
        public var outputs: [String]

        /// Makes a step.
        public init(
            name: String, kind: String, implementation: String = "", nodes: [String] = [], outputs: [String] = []
        ) {
            self.name = name
            self.kind = kind
            self.implementation = implementation
            self.nodes = nodes
            self.outputs = outputs
        }
    }

    /// One execution of one step.
    public struct Span: Sendable, Hashable, Codable {
        /// The index of the step.
        public var step: Int
        /// When it began, in nanoseconds from the start of its run; `nil` where the engine tells durations alone.
        public var start: Int64?
        /// How long it took, in nanoseconds.
        public var duration: Int64
        /// The thread that it ran on, numbered from 0 in the order of appearance.
        public var thread: Int

        /// Makes a span.
        public init(step: Int, start: Int64?, duration: Int64, thread: Int = 0) {
            self.step = step
            self.start = start
            self.duration = duration
            self.thread = thread
        }
    }

    /// One run of the model under the profiler.
    public struct Run: Sendable, Hashable, Codable {
        /// The steps in the order in which they began, or in the engine's order.
        public var spans: [Span]
        /// The whole run as the profiler saw it, in nanoseconds; `nil` where it does not tell.
        public var duration: Int64?

        /// Makes a run.
        public init(spans: [Span], duration: Int64? = nil) {
            self.spans = spans
            self.duration = duration
        }
    }

    /// The steps.
    public var steps: [Step]
    /// The runs, in order.
    public var runs: [Run]

    /// Makes a profile.
    public init(steps: [Step] = [], runs: [Run] = []) {
        self.steps = steps
        self.runs = runs
    }
}
