public import Assets
public import Engines
public import Specs

/// What `assay stability` is asked: one model, the stacks and settings that it runs under, and what counts as the same.
public struct StabilitySpec: SampledSpec {
    /// A name of the zoo, or the path of an ONNX file.
    public var model = ""
    /// The same model in formats of engines' own, which load them in place of the ONNX file.
    public var forms: [ModelForm] = []
    /// Other files that claim to be the same model, such as another export or a rewrite.
    public var variants: [String] = []
    /// The engines in their versions.
    public var stacks: [StackRequest] = StackRequest.defaults
    /// Threads of each stack; those that the stack states where empty.
    public var threads = [1, 2]
    /// Items in one run of the model.
    public var batches = [1]
    /// How far each engine may rewrite the model; as the stack states where empty.
    public var optimizations: [EngineOptions.Optimization] = []
    /// The arithmetic of each stack; as the stack states where empty.
    public var precisions: [Precision] = []
    /// The number of the stack, from 1, whose first cell the others are held against.
    public var reference = 1
    /// How many samples each cell runs.
    public var samples = 32
    /// How often each sample runs in one process.
    public var repeats = 2
    /// How many processes run each cell.
    public var processes = 2
    /// The largest max|a−b| / max|b| at which two outputs agree.
    public var tolerance = 1e-4
    /// Up to how many units in the last place a difference is one of the last bits.
    public var lastBits = 4
    /// For how many stacks that differ from the reference the first node is sought at which they part.
    public var firstNodes = 2
    /// How long each cell is timed; zero leaves it out.
    public var duration = Duration.seconds(1)
    /// Shapes of inputs whose extents the model leaves open; the first extent is the batch.
    public var shapes: [SpecNamed<[Int]>] = []
    /// Where the samples come from; seeded random numbers where `nil`.
    public var data: DataSpec?
    /// The steps from an item of the data to the inputs.
    public var preprocess = Pipeline([])
    /// Inputs that are the same for every item: filled with one number in the shape that the model declares.
    public var constants: [SpecNamed<Double>] = []
    /// How items become a batch.
    public var joining = Batch.Joining.stack
    /// What the outputs mean; where nothing is said, the largest of a row of several real numbers is its label.
    public var task: TaskSpec = .outputs
    /// The seed of every random choice.
    public var seed = 1
    /// How long an engine may take before it is ended.
    public var limits = LimitSpec()

    /// Makes the defaults.
    public init() {}
}

extension StabilitySpec {
    /// The JSON Schema (draft 2020-12) of the YAML form.
    public static var jsonSchema: String {
        spec.jsonSchema(identifier: "https://assay.invalid/schemas/stability.schema.json", title: "assay.stability/1")
            .json
    }

    /// The YAML form.
    public static let spec = SpecObject(
        "stability", "One model over engines, versions and settings: what changes its outputs.",
        initial: StabilitySpec(),
        [
            .required("model", \.model, .string, "A name of the zoo, or the path of an ONNX file."),
            SpecField("variants", \.variants, .list(of: .string), "Other files that claim to be the same model."),
            SpecField("stacks", \.stacks, .oneOrMany(of: StackRequest.type), "The engines in their versions."),
            SpecField(
                "threads", \.threads, .list(of: .int(1...1024)), "Threads of each stack; its own where empty."),
            SpecField("batches", \.batches, .list(of: .int(1...4096), atLeast: 1), "Items in one run of the model."),
            SpecField(
                "optimizations", \.optimizations, .list(of: .enumeration),
                "How far each engine may rewrite the model; as the stack states where empty."),
            SpecField(
                "precisions", \.precisions, .list(of: .enumeration),
                "The arithmetic of each stack; as the stack states where empty."),
            SpecField(
                "reference", \.reference, .int(1...1000),
                "The number of the stack, from 1, whose first cell the others are held against."),
            SpecField("samples", \.samples, .int(1...100_000), "How many samples each cell runs."),
            SpecField("repeats", \.repeats, .int(1...1000), "How often each sample runs in one process."),
            SpecField("processes", \.processes, .int(1...100), "How many processes run each cell."),
            SpecField(
                "tolerance", \.tolerance, .double(0...1),
                "The largest difference of outputs, max|a-b| / max|b|, at which they agree."),
            SpecField(
                "lastBits", \.lastBits, .int(0...1_000_000),
                "Up to how many units in the last place a difference is one of the last bits."),
            SpecField(
                "firstNodes", \.firstNodes, .int(0...100),
                "For how many stacks that differ the first node is sought at which they part; 0 leaves it out."),
            SpecField("duration", \.duration, .duration, "How long each cell is timed; 0 s leaves it out."),
        ] + sampleFields + [
            SpecField("task", \.task, TaskSpec.type, "What the outputs mean: what a label is."),
            SpecField("seed", \.seed, .int(0...), "The seed of every random choice."),
            SpecField("limits", \.limits, LimitSpec.spec.type, "How long an engine may take before it is ended."),
        ], rules: [{ violation($0) }])

    /// The first rule between keys that a spec breaks; `nil` for one that can be carried out.
    public static func violation(_ spec: StabilitySpec) -> SpecViolation? {
        if spec.reference > spec.stacks.count {
            return SpecViolation(
                key: "reference", "there \(spec.stacks.count == 1 ? "is 1 stack" : "are \(spec.stacks.count) stacks")",
                remedy: "give a number from 1 to \(max(spec.stacks.count, 1))")
        }
        return spec.sampleViolation
    }
}
