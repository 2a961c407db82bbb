public import Specs
public import Timelines

/// What `assay trace` is asked: which model on which engines with which data, at which levels, and how long each is watched.
public struct TraceSpec: Sendable {
    /// The model (one), the stacks, the data and the task, as an evaluation has them.
    public var evaluation = EvaluateSpec()
    /// The levels, each watched in runs of its own; the model's is always among them, since the others are compared with it.
    public var levels = Timeline.Level.allCases
    /// Fresh processes of each stack and level: what differs between restarts is in the intervals from three on.
    public var processes = 4
    /// Rounds within a process, in which every level of every stack takes its turn in an order drawn anew.
    public var rounds = 3
    /// How long one level runs in its turn.
    public var burst = Duration.milliseconds(100)
    /// How long a session runs at least before anything is kept; up to ten times as long until its run times have settled,
    /// where no profiler watches.
    public var warmup = Duration.milliseconds(100)
    /// The most runs that are kept of one turn.
    public var runs = 200
    /// How many samples go through the whole pipeline in one turn of the application's level.
    public var samples = 4
    /// How many runs of each level the timeline shows.
    public var shown = 3
    /// The power that the machine draws while it runs, in watts, to model energy where no counter tells.
    public var power: Double?

    /// Makes a spec of defaults.
    public init() {}
}

extension TraceSpec {
    /// The YAML form, in which a record keeps what was asked.
    public static let spec = SpecObject(
        "trace", "Which model on which engines, at which levels.", initial: TraceSpec(),
        [
            .required("evaluation", \.evaluation, EvaluateSpec.spec.type, "The model, the stacks, the data, the task."),
            SpecField("levels", \.levels, .list(of: .enumeration, atLeast: 1), "The levels that are watched."),
            SpecField("processes", \.processes, .int(1...100), "Fresh processes of each stack and level."),
            SpecField("rounds", \.rounds, .int(1...10_000), "Rounds within a process, in which all take turns."),
            SpecField("burst", \.burst, .duration, "How long one level runs in its turn."),
            SpecField(
                "warmup", \.warmup, .duration,
                "The least warm-up of a session; up to ten times as long until its run times have settled."),
            SpecField("runs", \.runs, .int(1...100_000), "The most runs that are kept of one turn."),
            SpecField("samples", \.samples, .int(1...10_000), "Samples through the whole pipeline in one turn."),
            SpecField("shown", \.shown, .int(1...1000), "Runs of each level that the timeline shows."),
            SpecField(
                "power", \.power, .optional(.double(0...1e6)), "Watts that the machine draws while it runs."),
        ])
}
