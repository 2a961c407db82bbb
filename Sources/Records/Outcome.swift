/// How one stack got through its part of a study.
public struct Outcome: Sendable, Hashable {
    /// What became of it.
    public enum State: Sendable, Hashable {
        /// It did all that was asked.
        case completed
        /// A signal ended its process.
        case crashed(signal: Int32)
        /// Its process ended by itself, too early.
        case exited(code: Int32)
        /// It was ended after it had been silent or busy for longer than its limit, in seconds.
        case hung(limit: Double)
        /// What it wrote is not the protocol.
        case protocolViolation(reason: String)
        /// It declined the model or the options, and why.
        case refused(reason: String)
        /// It could not be started, and why.
        case unavailable(reason: String)
    }

    /// The stack's name.
    public var stack: String
    /// What it was doing it with: model, data.
    public var labels: Labels
    /// What became of it.
    public var state: State
    /// The last lines that it wrote to its standard error.
    public var log: String

    /// Makes an outcome.
    public init(stack: String, _ state: State, labels: Labels = [:], log: String = "") {
        self.stack = stack
        self.labels = labels
        self.state = state
        self.log = log
    }

    /// Whether the stack did all that was asked.
    public var isCompleted: Bool { state == .completed }
}

extension Outcome.State: CustomStringConvertible {
    /// What became of it, in a few words.
    public var description: String {
        switch self {
        case .completed: "completed"
        case .crashed(let signal): "crashed (\(Self.name(ofSignal: signal)))"
        case .exited(let code): "exited with code \(code)"
        case .hung(let limit): "hung (no answer within \(MetricUnit.seconds.format(limit)))"
        case .protocolViolation(let reason): "broke the protocol: \(reason)"
        case .refused(let reason): "refused: \(reason)"
        case .unavailable(let reason): "unavailable: \(reason)"
        }
    }

    /// The stable name: `completed`, `crashed`, `exited`, `hung`, `protocol-violation`, `refused`, `unavailable`.
    public var name: String {
        switch self {
        case .completed: "completed"
        case .crashed: "crashed"
        case .exited: "exited"
        case .hung: "hung"
        case .protocolViolation: "protocol-violation"
        case .refused: "refused"
        case .unavailable: "unavailable"
        }
    }

    private static func name(ofSignal signal: Int32) -> String {
        let names: [Int32: String] = [
            4: "SIGILL", 6: "SIGABRT", 7: "SIGBUS", 8: "SIGFPE", 9: "SIGKILL", 11: "SIGSEGV", 13: "SIGPIPE",
            15: "SIGTERM", 31: "SIGSYS",
        ]
        return names[signal] ?? "signal \(signal)"
    }
}

extension Outcome: Codable {
    private enum Key: String, CodingKey {
        case stack, labels, state, signal, code, limit, reason, log
    }

    /// Reads the JSON form.
    public init(from decoder: any Decoder) throws {
        let box = try decoder.container(keyedBy: Key.self)
        stack = try box.decode(String.self, forKey: .stack)
        labels = try box.decodeIfPresent(Labels.self, forKey: .labels) ?? [:]
        log = try box.decodeIfPresent(String.self, forKey: .log) ?? ""
        switch try box.decode(String.self, forKey: .state) {
        case "completed": state = .completed
        case "crashed": state = .crashed(signal: try box.decode(Int32.self, forKey: .signal))
        case "exited": state = .exited(code: try box.decode(Int32.self, forKey: .code))
        case "hung": state = .hung(limit: try box.decode(Double.self, forKey: .limit))
        case "protocol-violation": state = .protocolViolation(reason: try box.decode(String.self, forKey: .reason))
        case "refused": state = .refused(reason: try box.decode(String.self, forKey: .reason))
        case "unavailable": state = .unavailable(reason: try box.decode(String.self, forKey: .reason))
        case let other:
            throw DecodingError.dataCorruptedError(
                forKey: .state, in: box, debugDescription: "'\(other)' is not an outcome")
        }
    }

    /// Writes the JSON form.
    public func encode(to encoder: any Encoder) throws {
        var box = encoder.container(keyedBy: Key.self)
        try box.encode(stack, forKey: .stack)
        if !labels.isEmpty { try box.encode(labels, forKey: .labels) }
        try box.encode(state.name, forKey: .state)
        if !log.isEmpty { try box.encode(log, forKey: .log) }
        switch state {
        case .completed: break
        case .crashed(let signal): try box.encode(signal, forKey: .signal)
        case .exited(let code): try box.encode(code, forKey: .code)
        case .hung(let limit): try box.encode(limit, forKey: .limit)
        case .protocolViolation(let reason), .refused(let reason), .unavailable(let reason):
            try box.encode(reason, forKey: .reason)
        }
    }
}
