public import Engines
import Specs

/// What the ratios of a gate file are taken to: a record, or a model or stack that runs beside the candidate.
public struct GateBaseline: Sendable, Hashable {
    /// An exported record, or one of the store; relative to the spec.
    public var record: String?
    /// The model that runs beside the candidate's; the candidate's own where `nil`.
    public var model: String?
    /// The stack that it runs on; the candidate's own where `nil`.
    public var stack: StackRequest?
    /// How long one candidate, or those that share a baseline, may take beside it, starts included.
    public var budget = Duration.seconds(30)
    /// Fresh processes of each side, at least, where the budget allows.
    public var processes = 12

    /// Makes a baseline that names nothing yet.
    public init() {}

    /// Takes ratios to a record.
    public init(record: String) { self.record = record }

    /// Whether it runs beside the candidate.
    public var isSide: Bool { record == nil }
}

extension GateBaseline {
    /// The YAML form: the name of a record, or a map.
    static let type = spec.type.orShort(.string) { GateBaseline(record: $0) }

    static let spec = SpecObject(
        "baseline", "What ratios are taken to: a record, or a model or stack that runs beside the candidate.",
        initial: GateBaseline(),
        [
            SpecField("record", \.record, .optional(.string), "A record, made in another session."),
            SpecField(
                "model", \.model, .optional(.string),
                "A model that takes turns with the candidate; the candidate's own by default."),
            SpecField(
                "stack", \.stack, .optional(StackRequest.type),
                "The stack that it takes turns on; the candidate's own by default."),
            SpecField(
                "budget", \.budget, .duration, "How long a candidate may run beside its baseline, starts included."),
            SpecField(
                "processes", \.processes, .int(2...10_000), "Fresh processes of each side, at least, if time allows."),
        ],
        rules: [
            { baseline in
                baseline.record == nil && baseline.model == nil && baseline.stack == nil
                    ? SpecViolation(
                        "the baseline names nothing", remedy: "name a 'record', or a 'model' or 'stack' to run beside")
                    : nil
            },
            { baseline in
                baseline.record != nil && (baseline.model != nil || baseline.stack != nil)
                    ? SpecViolation(
                        key: "record", "a record is not run, so it has neither model nor stack",
                        remedy: "leave out 'record', or 'model' and 'stack'") : nil
            },
        ])
}
