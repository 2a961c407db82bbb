public import Engines
public import Specs

/// What `assay operators` is asked: which operators, on which stacks, and whether they are timed.
public struct OperatorSupportSpec: Sendable {
    /// Names of operators and families; all operators where empty.
    public var operators: [String] = []
    /// The stacks, side by side.
    public var stacks: [StackRequest] = StackRequest.defaults
    /// How each example is timed; off unless asked for.
    public var measure = Self.briefly
    /// The seed of the order in which stacks take their turns.
    public var seed = 1
    /// How long an engine may take before it is ended.
    public var limits = LimitSpec()

    /// Makes a spec of defaults.
    public init() {}

    /// Short rounds: examples are small, and there are hundreds of them.
    private static var briefly: MeasureSpec {
        var measure = MeasureSpec()
        measure.enabled = false
        measure.rounds = 5
        measure.duration = .milliseconds(10)
        measure.warmup = .milliseconds(10)
        measure.samples = 100
        return measure
    }
}

extension OperatorSupportSpec {
    /// The YAML form, in which a record keeps what was asked.
    public static let spec = SpecObject(
        "operators", "Which operators, on which stacks, and whether they are timed.", initial: OperatorSupportSpec(),
        [
            SpecField(
                "operators", \.operators, .list(of: .string), "Names of operators and families; all where empty."),
            SpecField(
                "stacks", \.stacks, .oneOrMany(of: StackRequest.type),
                "The engines with versions and options, side by side."),
            SpecField("measure", \.measure, MeasureSpec.spec.type, "How each example is timed."),
            SpecField("seed", \.seed, .int(0...), "The seed of the order in which stacks take their turns."),
            SpecField("limits", \.limits, LimitSpec.spec.type, "How long an engine may take before it is ended."),
        ])
}
