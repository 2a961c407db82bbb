/// What a job finds in its worker: the engine, the loaded models with their sessions, and the way to tell of progress.
public struct JobContext<Event: Codable & Sendable> {
    private let bench: WorkerBench
    private let sendEvent: (Event) -> Void
    private let cancelled: () -> Bool

    init(bench: WorkerBench, sendEvent: @escaping (Event) -> Void, cancelled: @escaping () -> Bool) {
        self.bench = bench
        self.sendEvent = sendEvent
        self.cancelled = cancelled
    }

    /// The engine that the worker has opened.
    ///
    /// - Throws: `EngineError` when none was.
    public func engine() throws(EngineError) -> any Engine { try bench.requireEngine() }

    /// A loaded model, by the number that loading gave.
    ///
    /// - Throws: `EngineError` when there is no such model.
    public func model(_ id: Int) throws(EngineError) -> any PreparedModel { try bench.model(id).prepared }

    /// The session of a loaded model.
    ///
    /// - Throws: `EngineError` when there is no such model.
    public func session(_ id: Int) throws(EngineError) -> any Session { try bench.model(id).session }

    /// Sends an event to the client.
    public func emit(_ event: Event) { sendEvent(event) }

    /// True once the client no longer wants the result; a job looks between its steps and throws `EngineError.cancelled`.
    public var isCancelled: Bool { cancelled() }
}
