public import Engines
public import Specs

/// What `assay selftest` is asked: how thoroughly, and with which engine the resolution is found.
public struct SelfTestSpec: Sendable {
    /// The engine that is compared with itself.
    public var stack = StackRequest("native")
    /// The model for that: a name of the zoo or an ONNX file; products of matrices, made on the spot, where `nil`.
    public var model: String?
    /// Whether this is the short form.
    public var isQuick = false
    /// Fresh processes for the overhead and for each known time.
    public var processes = 5
    /// How long each of them is timed.
    public var duration = Duration.seconds(1)
    /// The known times of a run.
    public var latencies: [Duration] = [.microseconds(10), .microseconds(100), .milliseconds(1), .milliseconds(10)]
    /// How often each disturbance is injected.
    public var trials = 5
    /// How long a disturbed engine is timed.
    public var watch = Duration.seconds(2)
    /// How often the engine is compared with itself.
    public var pairs = 20
    /// How long such a comparison takes.
    public var budget = Duration.seconds(8)
    /// What is tested.
    public var parts = Part.allCases
    /// The seed of every random choice.
    public var seed = 1
    /// How long an engine may take before it is ended.
    public var limits = LimitSpec()

    /// A part of the test.
    public enum Part: String, Sendable, Hashable, CaseIterable {
        /// What the timed loop itself takes.
        case overhead
        /// Known times, measured.
        case truth
        /// Injected disturbances, named.
        case disturbances
        /// An engine against itself.
        case resolution
    }

    /// Makes the defaults.
    public init() {}

    /// The short form, some half a minute.
    public static var quick: SelfTestSpec {
        var spec = SelfTestSpec()
        spec.isQuick = true
        spec.processes = 3
        spec.duration = .milliseconds(300)
        spec.latencies = [.microseconds(100), .milliseconds(1)]
        spec.trials = 1
        spec.watch = .milliseconds(1500)
        spec.pairs = 6
        spec.budget = .seconds(3)
        return spec
    }
}

extension SelfTestSpec {
    /// The YAML form, in which a record keeps what was asked.
    public static let spec = SpecObject(
        "selftest", "How the instrument is tested.", initial: SelfTestSpec(),
        [
            SpecField("stack", \.stack, StackRequest.type, "The engine that is compared with itself."),
            SpecField("model", \.model, .optional(.string), "The model for that; products of matrices by default."),
            SpecField("quick", \.isQuick, .bool, "Whether this is the short form."),
            SpecField("processes", \.processes, .int(2...1000), "Fresh processes for overhead and known times."),
            SpecField("duration", \.duration, .duration, "How long each of them is timed."),
            SpecField("latencies", \.latencies, .list(of: .duration), "The known times of a run."),
            SpecField("trials", \.trials, .int(1...1000), "How often each disturbance is injected."),
            SpecField("watch", \.watch, .duration, "How long a disturbed engine is timed."),
            SpecField("pairs", \.pairs, .int(2...1000), "How often the engine is compared with itself."),
            SpecField("budget", \.budget, .duration, "How long such a comparison takes."),
            SpecField("parts", \.parts, .list(of: .enumeration, atLeast: 1), "What is tested."),
            SpecField("seed", \.seed, .int(0...), "The seed of every random choice."),
            SpecField("limits", \.limits, LimitSpec.spec.type, "How long an engine may take before it is ended."),
        ])
}
