public import Engines
public import Specs

/// What `assay engines --conformance` is asked: which cases, on which stacks.
public struct ConformanceSpec: Sendable {
    /// What the names of the cases must contain; all cases where empty.
    public var filter = ""
    /// The stacks, side by side.
    public var stacks: [StackRequest] = StackRequest.defaults.map(\.keepingDenormals)
    /// How long an engine may take before it is ended.
    public var limits = Self.short

    /// Makes a spec of defaults.
    public init() {}

    /// The cases are small: what takes longer hangs.
    private static var short: LimitSpec {
        var limits = LimitSpec()
        limits.load = .seconds(60)
        limits.run = .seconds(60)
        return limits
    }
}

extension StackRequest {
    /// The same stack with the standard's arithmetic: numbers next to zero are not flushed to it.
    public var keepingDenormals: StackRequest {
        var request = self
        request.options.flushDenormals = false
        return request
    }
}

extension ConformanceSpec {
    /// The YAML form, in which a record keeps what was asked.
    public static let spec = SpecObject(
        "conformance", "Which cases of the standard, on which stacks.", initial: ConformanceSpec(),
        [
            SpecField("filter", \.filter, .literal, "What the names of the cases must contain; all where empty."),
            SpecField(
                "stacks", \.stacks, .oneOrMany(of: StackRequest.type),
                "The engines with versions and options, side by side."),
            SpecField("limits", \.limits, LimitSpec.spec.type, "How long an engine may take before it is ended."),
        ])
}
