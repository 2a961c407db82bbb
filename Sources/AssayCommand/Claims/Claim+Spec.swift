import Specs

extension Claim {
    /// The YAML form of a claim.
    static let spec = SpecObject(
        "claim", "One published figure and how it is measured again.", initial: Claim(),
        [
            .required("name", \.name, .string, "The name, which is also the file's."),
            .required("claim", \.claim, .string, "What is claimed, in a sentence."),
            .required("target", \.target, .string, "The target, in the words in which it was set."),
            .required("oracle", \.oracle, .string, "What says that the figure is right, and is not of our making."),
            .required("command", \.command, .string, "The command that measures it and prints JSON."),
            .required("select", \.select, selection, "Which number of the output is the figure."),
            .required("bound", \.bound, bound.type, "When the figure counts as shown."),
            SpecField("requires", \.requirements, .oneOrMany(of: requirement.type), "What else the output must show."),
            SpecField("status", \.statuses, .oneOrMany(of: .int(0...255)), "How the command may end."),
            SpecField("point", \.isPoint, .bool, "True for a count over a fixed, listed set; false for a sample."),
            SpecField("minutes", \.minutes, .double, "How long the command is expected to take."),
            SpecField("measured", \.measured, .optional(measurement.type), "What was measured last."),
        ])

    private static let bound = SpecObject(
        "bound", "When the figure counts as shown.", initial: Bound(),
        [
            SpecField("equals", \.equals, .optional(.double), "Exactly this."),
            SpecField(
                "at-least", \.atLeast, .optional(.double), "This or more, at the lower end of the interval."),
            SpecField("at-most", \.atMost, .optional(.double), "This or less, at the upper end of the interval."),
        ], rules: [violation])

    private static let requirement = SpecObject(
        "requirement", "Another number of the output without which the figure says nothing.", initial: Requirement(),
        [
            .required("path", \.path, .string, "A number under a path of keys."),
            SpecField("equals", \.bound.equals, .optional(.double), "Exactly this."),
            SpecField("at-least", \.bound.atLeast, .optional(.double), "This or more."),
            SpecField("at-most", \.bound.atMost, .optional(.double), "This or less."),
        ], rules: [{ violation($0.bound) }])

    /// Why nothing could keep or miss a bound.
    @Sendable private static func violation(_ bound: Bound) -> SpecViolation? {
        if bound == Bound() {
            return SpecViolation(
                "there is no bound", remedy: "write equals, at-least or at-most with a number, or both of the latter")
        }
        if bound.equals != nil, bound.atLeast ?? bound.atMost != nil {
            return SpecViolation(key: "equals", "an exact number takes no other bound", remedy: "leave the others out")
        }
        if let least = bound.atLeast, let most = bound.atMost, least > most {
            return SpecViolation(key: "at-least", "it is above at-most", remedy: "give the lower number to at-least")
        }
        return nil
    }

    private static let selection = SpecType<Selection>.choice(
        "selection", "Which number of the output is the figure.",
        [
            SpecCase(
                "metric", metricSelection.type, "Metrics of the record that the command prints.",
                wrap: { .metric($0) }, unwrap: { if case .metric(let value) = $0 { value } else { nil } }),
            SpecCase(
                "path", .string, "A number under a path of keys.", wrap: { .path($0) },
                unwrap: { if case .path(let value) = $0 { value } else { nil } }),
        ])

    private static let metricSelection = SpecObject(
        "metric-selection", "Picks metrics of a record.", initial: MetricSelection(),
        [
            .required("name", \.name, .string, "The name of the metric."),
            SpecField("labels", \.labels, .map(of: .literal), "Labels that the metric must carry."),
            SpecField("count", \.count, .int(1...), "How many metrics must be found."),
            SpecField("samples", \.samples, .int(0...), "The least number of samples behind each metric."),
        ])

    private static let measurement = SpecObject(
        "measurement", "What was measured last.", initial: ClaimMeasurement(),
        [
            .required("state", \.state, .enumeration, "How the claim stands."),
            .required("value", \.value, .double, "The figure."),
            SpecField("lower", \.lower, .optional(.double), "The lower end of its interval."),
            SpecField("upper", \.upper, .optional(.double), "The upper end of its interval."),
            SpecField("machine", \.machine, .literal, "Where it was measured."),
            SpecField("date", \.date, .literal, "When it was measured."),
            SpecField("tried", \.tried, .literal, "What was tried, where the figure was missed."),
        ])
}
