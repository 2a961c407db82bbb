public import Engines

/// Reads the worker's clock, so that a client can bound how far it is from its own.
public enum ClockJob: WorkerJob {
    /// Nothing to choose.
    public struct Request: Codable, Sendable {
        /// Makes a request.
        public init() {}
    }

    /// What was read.
    public struct Response: Codable, Sendable {
        /// The monotonic clock of the worker's machine, in nanoseconds.
        public var nanoseconds: Int64
    }

    /// `clock`.
    public static let name = "clock"

    /// Reads the clock.
    public static func run(_ request: Request, in context: JobContext<Never>) throws(EngineError) -> Response {
        Response(nanoseconds: MonotonicClock.now())
    }
}
