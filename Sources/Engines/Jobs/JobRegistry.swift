/// The jobs that a worker knows.
public struct JobRegistry: Sendable {
    /// Decodes a request, runs the job, and encodes the response: the types are forgotten outside.
    typealias Runner = @Sendable (IncomingMessage, WorkerBench, JobChannel) throws -> any Encodable & Sendable

    private var runners: [String: Runner] = [:]

    /// Makes an empty registry.
    public init() {}

    /// Adds a job under its name.
    public mutating func register<Job: WorkerJob>(_ job: Job.Type) {
        runners[Job.name] = { message, bench, channel in
            let request = try message.body(JobRequest<Job.Request>.self).request
            let context = JobContext<Job.Event>(
                bench: bench, sendEvent: { channel.emit($0) }, cancelled: { channel.isCancelled })
            return try Job.run(request, in: context)
        }
    }

    /// The names, sorted.
    public var names: [String] { runners.keys.sorted() }

    func runner(_ name: String) -> Runner? { runners[name] }
}

/// The line of one running job back to its client.
struct JobChannel {
    var send: (any Encodable & Sendable) -> Void
    var cancelled: () -> Bool

    func emit(_ event: any Encodable & Sendable) { send(event) }
    var isCancelled: Bool { cancelled() }
}
