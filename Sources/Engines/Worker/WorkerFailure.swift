/// How a worker failed: an outcome that a record keeps.
public enum WorkerFailure: Sendable, Hashable, Codable {
    /// It could not be started, or ended before its hello.
    case launch
    /// It ended by itself, without being asked, with this exit code.
    case exited(code: Int32)
    /// A signal ended it: 11 is a segmentation fault, 9 a kill (often for memory).
    case crashed(signal: Int32)
    /// It did not answer within the limit and was killed.
    case hung(seconds: Double)
    /// It wrote what is no message of the protocol, and was killed.
    case protocolViolation(ProtocolViolation)
    /// The engine refused or failed; the worker lives on.
    case engine(EngineError)
    /// The caller's task was cancelled.
    case cancelled
    /// The worker was shut down or killed by its own client.
    case closed
}
