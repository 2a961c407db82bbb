public import Specs

/// What `assay gate` is asked: an evaluation, and what must hold of it.
public struct GateSpec: Sendable {
    /// What is measured.
    public var evaluation = EvaluateSpec()
    /// What must hold of each question.
    public var gates = GateLists()
    /// What ratios are taken to.
    public var baseline: GateBaseline?
    /// By how much, as a share, two sessions of one thing may differ, where the baseline is a record.
    public var drift = 0.05
    /// The confidence of the intervals of ratios.
    public var level = 0.98
    /// What a gate that cannot be told counts as.
    public var undecided = Undecided.fail

    /// Makes the defaults.
    public init() {}
}

/// Gates by the questions that they answer.
public struct GateLists: Sendable {
    /// How fast: `latency.p99 <= 50 ms on onnxruntime`.
    public var fast: [Gate] = []
    /// Whether stacks agree: `agreement.outputs <= 1e-4`.
    public var itself: [Gate] = []
    /// Whether answers are right: `accuracy.top1 >= 70%`.
    public var right: [Gate] = []

    /// Makes empty lists.
    public init() {}

    /// All gates.
    public var all: [Gate] { fast + itself + right }
}

extension GateSpec {
    /// The JSON Schema (draft 2020-12) of the YAML form.
    public static var jsonSchema: String {
        spec.jsonSchema(identifier: "https://assay.invalid/schemas/gate.schema.json", title: "assay.gate/1").json
    }

    /// The YAML form of a gate file.
    public static let spec = SpecObject(
        "gate-file", "An evaluation, and what must hold of it.", initial: GateSpec(),
        [
            .required("evaluate", \.evaluation, EvaluateSpec.spec.type, "What is measured: the spec of an evaluation."),
            .required("gates", \.gates, lists.type, "What must hold, by question."),
            SpecField(
                "baseline", \.baseline, .optional(GateBaseline.type),
                "What ratios are taken to: a record, or a model or stack that runs beside the candidate."),
            SpecField(
                "drift", \.drift, .double(0...1),
                "By how much two sessions of one thing may differ, as a share, where the baseline is a record."),
            SpecField("level", \.level, .double(0.5...0.9999), "The confidence of the intervals of ratios."),
            SpecField("undecided", \.undecided, .enumeration, "What a gate that cannot be told counts as."),
        ],
        rules: [
            { spec in
                spec.gates.all.isEmpty
                    ? SpecViolation(key: "gates", "there is no gate", remedy: "write fast: latency.p99 <= 50 ms")
                    : nil
            },
            { spec in
                guard spec.baseline == nil, let gate = spec.gates.all.first(where: { $0.measure == .ratio }) else {
                    return nil
                }
                return SpecViolation(
                    key: "gates", "'\(gate.text)' bounds a ratio, and there is no baseline",
                    remedy: "name a record, a model or a stack under 'baseline', or give the bound a unit")
            },
            { spec in
                let gates = spec.gates.all.filter { $0.measure == .ratio }
                guard let gate = gates.first(where: { ComparedStatistic(rawValue: $0.metric) == nil }) else {
                    return nil
                }
                return SpecViolation(
                    key: "gates", "'\(gate.text)' bounds a ratio, and '\(gate.metric)' is not compared",
                    remedy: "give the bound a unit, or take one of "
                        + ComparedStatistic.allCases.map(\.rawValue).joined(separator: ", "))
            },
        ])

    private static let lists = SpecObject(
        "gates", "What must hold, by question.", initial: GateLists(),
        [
            SpecField("fast", \.fast, Gate.list, "How fast it must be."),
            SpecField("itself", \.itself, Gate.list, "How far stacks must agree."),
            SpecField("right", \.right, Gate.list, "How right its answers must be."),
        ])

    /// The keys as Markdown tables.
    public static let markdown = [spec.markdown, lists.markdown, GateBaseline.spec.markdown]
}
