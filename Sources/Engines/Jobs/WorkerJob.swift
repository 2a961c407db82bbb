/// Work that runs inside a worker, beside the session it needs, so that no pipe is in what it measures.
///
/// The request, the events and the response travel as JSON; an `AttachedTensor` in any of them travels raw.
public protocol WorkerJob: Sendable {
    /// What the client sends.
    associatedtype Request: Codable & Sendable
    /// What the job tells while it runs; `Never` where it has nothing to tell.
    associatedtype Event: Codable & Sendable
    /// What it gives in the end.
    associatedtype Response: Codable & Sendable

    /// The name by which client and worker know the job.
    static var name: String { get }

    /// Runs the job on the worker's engine thread.
    ///
    /// - Throws: `EngineError`; the client gets it as the engine's failure.
    static func run(_ request: Request, in context: JobContext<Event>) throws(EngineError) -> Response
}
