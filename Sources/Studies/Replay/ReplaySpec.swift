public import Engines
public import Specs

/// What `assay records replay` is asked: which record, what is changed on purpose, and how much is tried to find causes.
public struct ReplaySpec: Sendable {
    /// The record.
    public var record = ""
    /// Values of the record's spec that are changed, by their places: `stacks[0].threads`.
    public var set: [SpecNamed<String>] = []
    /// Model files that take the place of recorded ones, by the names of those; an empty name stands for the only one.
    public var models: [SpecNamed<String>] = []
    /// Files and folders in which recorded models may lie, beside those that Assay keeps.
    public var find: [String] = []
    /// Engines in versions that take the place of the recorded ones: `onnxruntime@1.20`.
    public var engines: [StackRequest] = []
    /// Threads in place of the recorded number; `nil` keeps it.
    public var threads: Int?
    /// Whether engines are chosen as a new evaluation here would, instead of by the record's lock.
    public var fresh = false
    /// How far outputs may lie from the recorded ones, max|a−b| / max|b|; 0 asks for every bit.
    public var tolerance = 0.0
    /// The share within which times count as the same.
    public var margin = 0.05
    /// Whether times are compared.
    public var times = true
    /// Fresh processes of each variant that is timed.
    public var processes = 6
    /// How long one comparison of times may take.
    public var budget = Duration.seconds(20)
    /// The seed of the order in which variants take turns.
    public var seed = 1

    /// Makes a spec of defaults.
    public init() {}
}

extension ReplaySpec {
    /// The YAML form, in which a record keeps what was asked.
    public static let spec = SpecObject(
        "replay", "Which record, what is changed on purpose, and how causes are looked for.", initial: ReplaySpec(),
        [
            .required("record", \.record, .string, "The record."),
            SpecField("set", \.set, .map(of: .literal), "Values of the record's spec that are changed, by place."),
            SpecField("models", \.models, .map(of: .string), "Model files in place of recorded ones, by name."),
            SpecField("find", \.find, .list(of: .string), "Files and folders in which recorded models may lie."),
            SpecField(
                "engines", \.engines, .list(of: StackRequest.type),
                "Engines with versions in place of the recorded ones."),
            SpecField("threads", \.threads, .optional(.int(1...1024)), "Threads in place of the recorded number."),
            SpecField("fresh", \.fresh, .bool, "Whether engines are chosen as a new evaluation here would."),
            SpecField(
                "tolerance", \.tolerance, .double(0...1),
                "How far outputs may lie from the recorded ones; 0: every bit."),
            SpecField("margin", \.margin, .double(0...1), "The share within which times count as the same."),
            SpecField("times", \.times, .bool, "Whether times are compared."),
            SpecField("processes", \.processes, .int(2...100), "Fresh processes of each variant that is timed."),
            SpecField("budget", \.budget, .duration, "How long one comparison of times may take."),
            SpecField("seed", \.seed, .int(0...), "The seed of the order in which variants take turns."),
        ])
}
