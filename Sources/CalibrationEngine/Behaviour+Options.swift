import Engines

extension Behaviour {
    /// The names of all settings; messages list them.
    static let settings = [
        "latency", "jitter", "distribution", "seed", "stall", "every", "throttle", "after", "period", "drift",
        "allocation", "ends",
    ]

    /// Reads the engine's own settings.
    ///
    /// - Throws: `EngineError` of code `invalidOption` that names the setting and what it takes.
    init(_ settings: [String: String]) throws(EngineError) {
        let reader = BehaviourReader(settings: settings)
        try reader.refuseUnknown(Self.settings)
        latency = try reader.duration("latency") ?? 0
        drift = try reader.share("drift") ?? 0
        allocation = try reader.bytes("allocation") ?? 0
        ends = try reader.word("ends") ?? .clock
        if let deviation = try reader.deviation("jitter", of: latency) {
            jitter = Jitter(
                deviation: deviation, distribution: try reader.word("distribution") ?? .normal,
                seed: try reader.number("seed") ?? 1)
            if jitter?.distribution == .exponential, deviation > Double(latency) {
                throw reader.refusal("jitter", takes: "at most the latency where the distribution is exponential")
            }
        } else {
            try reader.refuse(["distribution", "seed"], without: "jitter")
        }
        if let factor = try reader.factor("throttle") {
            throttle = Throttle(
                factor: factor, after: try reader.duration("after") ?? 0, period: try reader.duration("period"))
            if let throttle, let period = throttle.period, period <= throttle.after {
                throw reader.refusal("period", takes: "more than 'after', the part of it in which the engine is fast")
            }
        } else {
            try reader.refuse(["after", "period"], without: "throttle")
        }
        if let length = try reader.duration("stall") {
            guard let period = try reader.duration("every") else {
                throw reader.refusal(
                    "stall", takes: "the setting 'every' beside it, the time from one stall to the next")
            }
            guard length > 0, period > length else {
                throw reader.refusal("every", takes: "more than the stall itself")
            }
            stall = Stall(length: length, period: period)
        } else {
            try reader.refuse(["every"], without: "stall")
        }
    }
}
