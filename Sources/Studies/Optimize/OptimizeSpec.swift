public import Engines
public import Operators
public import Specs

/// What `assay optimize` is asked: which model, which passes, and how what they did is measured.
public struct OptimizeSpec: Sendable {
    /// The model: a name of the zoo or the path of an ONNX file.
    public var model = ""
    /// The names of the passes, in order.
    public var passes: [String] = PassCatalogue.standard.passes.map(\.name)
    /// The newest standard operator set that the model may be raised to; 0 keeps its own.
    public var maximumOpset = 0
    /// Whether inputs with defaults become constants.
    public var freezesDefaults = false
    /// Shapes of inputs that the model leaves open, to count work and to run it.
    public var shapes: [SpecNamed<[Int]>] = []
    /// The stacks on which the model is run before and after; none leaves time and difference out.
    public var stacks: [StackRequest] = []
    /// How each stage is timed.
    public var measure = Self.briefly
    /// Whether every pass is shown by itself, or only the whole.
    public var explains = false
    /// How far outputs may differ, max|a−b| / max|b|.
    public var tolerance = 1e-4
    /// The seed of inputs and of the order of turns.
    public var seed = 1
    /// How long an engine may take before it is ended.
    public var limits = LimitSpec()

    /// Makes a spec of defaults.
    public init() {}

    private static var briefly: MeasureSpec {
        var measure = MeasureSpec()
        measure.rounds = 8
        measure.duration = .milliseconds(40)
        measure.warmup = .milliseconds(40)
        return measure
    }

    /// What the passes may know and do.
    public var context: PassContext {
        var context = PassContext(maximumOpset: maximumOpset > 0 ? maximumOpset : nil)
        context.freezesDefaults = freezesDefaults
        return context
    }
}

extension OptimizeSpec {
    /// The YAML form, in which a record keeps what was asked.
    public static let spec = SpecObject(
        "optimize", "Which model, which passes, and how what they did is measured.", initial: OptimizeSpec(),
        [
            .required("model", \.model, .string, "A name of the zoo, or the path of an ONNX file."),
            SpecField("passes", \.passes, .list(of: .string), "The names of the passes, in order."),
            SpecField(
                "maximum-opset", \.maximumOpset, .int(0...),
                "The newest standard operator set that the model may be raised to; 0 keeps its own."),
            SpecField("freeze-defaults", \.freezesDefaults, .bool, "Whether inputs with defaults become constants."),
            .shapes(\.shapes),
            SpecField(
                "stacks", \.stacks, .oneOrMany(of: StackRequest.type),
                "The engines to run the model on, before and after."),
            SpecField("measure", \.measure, MeasureSpec.spec.type, "How each stage is timed."),
            SpecField("explain", \.explains, .bool, "Whether every pass is shown by itself, or only the whole."),
            SpecField(
                "tolerance", \.tolerance, .double(0...1), "How far outputs may differ, max|a-b| / max|b|."),
            SpecField("seed", \.seed, .int(0...), "The seed of inputs and of the order of turns."),
            SpecField("limits", \.limits, LimitSpec.spec.type, "How long an engine may take before it is ended."),
        ])
}
