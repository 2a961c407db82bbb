/// The scenarios of load: those of MLPerf Inference (Reddi and others 2020), and a closed loop.
public enum LoadScenario: String, Codable, Sendable, Hashable, CaseIterable {
    /// One caller who asks again once he has an answer.
    case singleStream = "single-stream"
    /// The same with several samples a query.
    case multiStream = "multi-stream"
    /// All samples are there from the start.
    case offline
    /// Queries come by a schedule, whether earlier ones are answered or not.
    case server
    /// Several callers, each of whom asks again once he has an answer.
    case closedLoop = "closed-loop"

    /// The name in a sentence.
    var title: String { rawValue.replacing("-", with: " ") }

    /// Whether queries are due by a schedule.
    var isScheduled: Bool { self == .server }

    /// Whether a bound of the response time means anything: of samples that are all there at once the last one waits longest.
    var isBounded: Bool { self != .offline }

    /// Whether several threads may answer queries.
    var isConcurrent: Bool { self != .singleStream && self != .multiStream }
}
