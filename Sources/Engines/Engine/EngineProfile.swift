/// What an engine's own profiler saw: the steps that a model became, and how long each took in each run.
public struct EngineProfile: Sendable, Hashable, Codable {
    /// What a step is there for.
    public enum Role: String, Sendable, Hashable, Codable, CaseIterable {
        /// It computes values of the model.
        case computation
        /// It moves a value into another layout, type or memory for the engine's own sake; no node asks for it.
        case rearrangement
    }

    /// One step of the engine: a kernel call, which may stand for several nodes of the model or for none.
    public struct Step: Sendable, Hashable, Codable {
        /// The engine's own name for it.
        public var name: String
        /// What it is, in the engine's words: `Conv`, `Reorder`, `FusedMatMul`.
        public var kind: String
        /// What carried it out, where the engine tells: `jit_avx512_core`, `CPUExecutionProvider`.
        public var implementation: String
        /// What it is there for.
        public var role: Role
        /// The names of the model's nodes that the engine says went into it; empty where it does not tell.
        public var nodes: [String]
        /// The values that it reads, by the engine's names; those of the model keep theirs as far as the engine keeps them.
        public var inputs: [String]
        /// The values that it writes, by the same names.
        public var outputs: [String]
        /// The index of the step in whose body it runs: a loop, a branch, a function.
        ///
        /// Its time is part of that step's.
        public var parent: Int?

        /// Makes a step.
        public init(
            name: String, kind: String, implementation: String = "", role: Role = .computation, nodes: [String] = [],
            inputs: [String] = [], outputs: [String] = [], parent: Int? = nil
        ) {
            self.name = name
            self.kind = kind
            self.implementation = implementation
            self.role = role
            self.nodes = nodes
            self.inputs = inputs
            self.outputs = outputs
            self.parent = parent
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

    /// One run of the model under the profiler, or the mean of several where the profiler tells no more.
    public struct Run: Sendable, Hashable, Codable {
        /// The steps in the order in which they began, or in the engine's order.
        public var spans: [Span]
        /// The whole run as the profiler saw it, in nanoseconds; `nil` where it does not tell.
        public var duration: Int64?
        /// How many runs the times are means of.
        public var repetitions: Int

        /// Makes a run.
        public init(spans: [Span], duration: Int64? = nil, repetitions: Int = 1) {
            self.spans = spans
            self.duration = duration
            self.repetitions = repetitions
        }
    }

    /// The steps, those of a body after the step that runs it.
    public var steps: [Step]
    /// The runs, in order.
    public var runs: [Run]
    /// Values of the model that the engine knew before the first run: what it folded is among them.
    public var constants: [String]
    /// How the engine carried the model out, where it has more than one way: `plan`, `interpreter`.
    public var route: String?
    /// The smallest difference of time that the profiler tells, in nanoseconds; shorter steps may show as nothing.
    public var resolution: Int64

    /// Makes a profile.
    public init(
        steps: [Step] = [], runs: [Run] = [], constants: [String] = [], route: String? = nil, resolution: Int64 = 1
    ) {
        self.steps = steps
        self.runs = runs
        self.constants = constants
        self.route = route
        self.resolution = resolution
    }
}
