public import Assets
public import Engines
public import Specs

/// What `assay evaluate` is asked: which models, on which stacks, on which data, scored how, measured how.
public struct EvaluateSpec: Sendable {
    /// What the record and the report are called.
    public var title = "Evaluation"
    /// The models, each with its own pre-processing.
    public var models: [ModelSpec] = []
    /// The stacks, run side by side.
    public var stacks: [StackRequest] = StackRequest.defaults
    /// The data; seeded random inputs where there is none.
    public var data: DataSpec?
    /// What the outputs mean.
    public var task: TaskSpec = .outputs
    /// How speed is measured.
    public var measure = MeasureSpec()
    /// How long the stacks of one model are compared in fresh processes; zero leaves it out.
    public var contest = Duration.seconds(6)
    /// The seed of every random choice.
    public var seed = 1
    /// How long an engine may take before it is ended.
    public var limits = LimitSpec()
    /// The largest difference of outputs, max|a−b| / max|b|, at which two stacks are said to agree.
    public var tolerance = 1e-4

    /// Makes a spec of defaults.
    public init() {}
}

/// One model of an evaluation.
public struct ModelSpec: FedSpec {
    /// A name of the zoo, or the path of an ONNX file.
    public var model = ""
    /// What the record calls it; the zoo's name or the file's where `nil`.
    public var name: String?
    /// The same model in formats of engines' own, which load them in place of the ONNX file.
    public var forms: [ModelForm] = []
    /// The steps from an item of the data to the inputs.
    public var preprocess = Pipeline([])
    /// Inputs that are the same for every item: filled with one number in the shape that the model declares.
    public var constants: [SpecNamed<Double>] = []
    /// Extents for the symbols of the inputs, for random inputs: `sequence: 128`.
    public var extents: [SpecNamed<Int>] = []
    /// Whole shapes of inputs, for random inputs: `x: [1, 3, 224, 224]`.
    public var shapes: [SpecNamed<[Int]>] = []
    /// How an item becomes a batch.
    public var joining = Batch.Joining.stack

    /// Makes a model of defaults.
    public init(_ model: String = "") { self.model = model }
}

/// How speed is measured.
public struct MeasureSpec: Sendable {
    /// False leaves speed out.
    public var enabled = true
    /// Rounds in which every stack takes its turn, in an order drawn anew each round.
    public var rounds = 10
    /// How long one stack runs in one round.
    public var duration = Duration.milliseconds(300)
    /// The longest that a stack runs before anything is kept; warm-up ends earlier when the run times have settled.
    public var warmup = Duration.seconds(3)
    /// The most runs that are kept of one round.
    public var samples = 10_000

    /// Makes the defaults.
    public init() {}
}

/// How long an engine may take before it is ended and the outcome recorded.
public struct LimitSpec: Sendable {
    /// Starting the worker and opening the library.
    public var start = Duration.seconds(60)
    /// Loading the model.
    public var load = Duration.seconds(300)
    /// One run.
    public var run = Duration.seconds(120)

    /// Makes the defaults.
    public init() {}
}
