public import Measurement
public import Specs

/// What `assay compare` is asked: which sides, by which statistics, and how sure an answer must be.
public struct CompareSpec: Sendable {
    /// What the record and the report are called; made from the sides where `nil`.
    public var title: String?
    /// The sides; every other one is compared with the first.
    public var sides: [CompareSide] = []
    /// What they are compared by.
    public var statistics = [ComparedStatistic.median]
    /// The share up to which two sides count as the same.
    public var margin = 0.02
    /// The confidence that sides which are equal are not called different, whatever their number.
    public var level = 0.98
    /// The half width of the interval at which enough is known; half of the margin where `nil`.
    public var precision: Double?
    /// How long one comparison may take, starts included.
    public var budget = Duration.seconds(30)
    /// Fresh processes of each side, at least; fewer than 12 are exactly so many.
    public var processes = 12
    /// Rounds in which the processes that live together take their turns.
    public var rounds = 20
    /// How long one process runs in its turn.
    public var burst = Duration.milliseconds(5)
    /// How long a process runs at least before it takes turns; up to ten times as long until its run times have settled.
    public var warmup = Duration.milliseconds(20)
    /// Whether processes that live together keep to the same processors, as many as their stack has threads.
    public var isPinned = true
    /// What a sample counts.
    public var clock = MeasureJob.Clock.wall
    /// By how much, as a share, two sessions of one thing may differ, where records of one session a side are compared.
    public var drift = 0.05
    /// Whole shapes of inputs: `x: [1, 3, 224, 224]`.
    public var shapes: [SpecNamed<[Int]>] = []
    /// What must hold.
    public var gates: [Gate] = []
    /// The seed of every random choice.
    public var seed = 1
    /// How long an engine may take before it is ended.
    public var limits = LimitSpec()

    /// Makes the defaults.
    public init() {}

    /// The half width at which enough is known.
    var wantedPrecision: Double { precision ?? margin / 2 }

    /// How the sides are timed.
    var plan: ContestPlan {
        ContestPlan(
            processes: processes, rounds: rounds, burst: burst, warmup: warmup, isPinned: isPinned, budget: budget,
            clock: clock, seed: seed, precision: wantedPrecision, level: level)
    }
}

extension CompareSpec {
    /// The JSON Schema (draft 2020-12) of the YAML form.
    public static var jsonSchema: String {
        spec.jsonSchema(identifier: "https://assay.invalid/schemas/compare.schema.json", title: "assay.compare/1").json
    }

    /// The YAML form of a comparison.
    public static let spec = SpecObject(
        "compare", "Which sides are compared, by what, and how sure an answer must be.", initial: CompareSpec(),
        [
            SpecField("title", \.title, .optional(.string), "What the record and the report are called."),
            .required(
                "sides", \.sides, .list(of: CompareSide.spec.type, atLeast: 2),
                "The sides; every other one is compared with the first."),
            SpecField(
                "statistics", \.statistics, .oneOrMany(of: .enumeration), "What they are compared by."),
            SpecField("margin", \.margin, .double(0...1), "The share up to which two sides count as the same."),
            SpecField(
                "level", \.level, .double(0.5...0.9999), "The confidence that equal sides are not called different."),
            SpecField(
                "precision", \.precision, .optional(.double(1e-6...1)),
                "The half width of the interval at which enough is known; half of the margin by default."),
            SpecField("budget", \.budget, .duration, "How long the comparison may take, starts included."),
            SpecField(
                "processes", \.processes, .int(2...10_000),
                "Fresh processes of each side, at least; fewer than 12 are exactly so many."),
            SpecField("rounds", \.rounds, .int(1...10_000), "Rounds in which processes that live together take turns."),
            SpecField("burst", \.burst, .duration, "How long one process runs in its turn."),
            SpecField(
                "warmup", \.warmup, .duration,
                "The least warm-up of a process; up to ten times as long until its run times have settled."),
            SpecField(
                "pinned", \.isPinned, .bool,
                "Whether processes that live together keep to the same processors, as many as they have threads."),
            SpecField("clock", \.clock, .enumeration, "The time that passes, or the processor time of all threads."),
            SpecField(
                "drift", \.drift, .double(0...1),
                "By how much two sessions of one thing may differ, where there is one record a side."),
            .shapes(\.shapes),
            SpecField("gates", \.gates, Gate.list, "What must hold, as 'latency.p99 <= 1.05'."),
            SpecField("seed", \.seed, .int(0...), "The seed of every random choice."),
            SpecField("limits", \.limits, LimitSpec.spec.type, "How long an engine may take before it is ended."),
        ])

    /// The keys as Markdown tables.
    public static let markdown = [spec.markdown, CompareSide.spec.markdown]
}
