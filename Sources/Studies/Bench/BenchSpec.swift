public import Engines
public import Specs

/// What `assay bench` is asked: which models at which batch sizes and thread counts, on which engines, and what is looked
/// at besides time.
public struct BenchSpec: Sendable {
    /// What can be looked at.
    public enum Part: String, Sendable, CaseIterable {
        /// The engines in turns, each at the better of its configurations.
        case time
        /// Load time and peak memory of fresh workers.
        case load
        /// Outputs against those of the reference engine.
        case agreement
        /// Peaks of the machine, and how much of them each model reaches.
        case roofline
        /// Inputs of 1e-39 against normal ones.
        case denormals
        /// Whether the number of threads is obeyed, bits repeat, and idle threads sleep.
        case threads
        /// The range of the activations of models with random weights.
        case activations
    }

    /// Names of the zoo or ONNX files; the whole suite where empty.
    public var models: [String] = []
    /// Items in a batch.
    public var batches = [1, 8]
    /// Thread counts: with one, processor time is the figure, with more the time that passes.
    public var threads = [1, 2]
    /// The engines; the first one is set against the faster of the others.
    public var stacks: [StackRequest] = StackRequest.defaults
    /// What is looked at.
    public var parts = Part.allCases
    /// How long all engines together are timed on one model, batch and thread count.
    public var duration = Duration.seconds(3)
    /// How long one engine runs in its turn.
    public var burst = Duration.milliseconds(40)
    /// Fresh workers for load time and memory.
    public var loads = 5
    /// Shapes of inputs whose extents a model leaves open; the first extent is the batch.
    public var shapes: [SpecNamed<[Int]>] = []
    /// The largest difference of outputs, max|a−b| / max|b|, at which two engines agree in f32.
    public var tolerance = 1e-4
    /// The seed of every random choice.
    public var seed = 1
    /// How long an engine may take before it is ended.
    public var limits = LimitSpec()

    /// Makes the defaults.
    public init() {}
}

extension BenchSpec {
    /// The YAML form, in which a record keeps what was asked.
    public static let spec = SpecObject(
        "bench", "Which models, on which engines, and what is looked at.", initial: BenchSpec(),
        [
            SpecField("models", \.models, .list(of: .string), "Names of the zoo or ONNX files; all where empty."),
            SpecField("batches", \.batches, .list(of: .int(1...4096), atLeast: 1), "Items in a batch."),
            SpecField("threads", \.threads, .list(of: .int(1...1024), atLeast: 1), "Thread counts."),
            SpecField(
                "stacks", \.stacks, .oneOrMany(of: StackRequest.type),
                "The engines; the first one is set against the faster of the others."),
            SpecField("parts", \.parts, .list(of: .enumeration), "What is looked at."),
            SpecField("duration", \.duration, .duration, "How long all engines are timed on one configuration."),
            SpecField("burst", \.burst, .duration, "How long one engine runs in its turn."),
            SpecField("loads", \.loads, .int(1...1000), "Fresh workers for load time and memory."),
            .shapes(\.shapes),
            SpecField("tolerance", \.tolerance, .double(0...1), "The largest difference at which outputs agree."),
            SpecField("seed", \.seed, .int(0...), "The seed of every random choice."),
            SpecField("limits", \.limits, LimitSpec.spec.type, "How long an engine may take before it is ended."),
        ])
}
