import Foundation
public import Operators
public import Tensors

/// A running worker, as the rest of the program sees it: typed requests with time limits, and an outcome when it fails.
///
/// No method blocks a thread. When the last reference is gone, the worker is killed.
public final class WorkerClient: Sendable {
    private let connection: WorkerConnection
    /// What the worker said first.
    public let hello: WorkerHello
    /// The variables that the worker set before any library was opened.
    public let environment: [String: String]
    /// The processors that the worker keeps to, by the numbers of its machine; `nil` where the kernel decides.
    public let processors: [Int]?
    /// True when large tensors go through shared memory.
    public let sharesMemory: Bool
    /// The launcher that started it.
    public let launcher: Launcher

    private init(connection: WorkerConnection, hello: WorkerHello, reply: ConfigureReply, launcher: Launcher) {
        self.connection = connection
        self.hello = hello
        environment = reply.environment
        processors = reply.processors
        sharesMemory = reply.sharing
        self.launcher = launcher
    }

    deinit { connection.post(.kill(.closed)) }

    /// Starts a worker and configures it.
    ///
    /// - Throws: `WorkerError`: `notFound`, `launch`, `hung`, or how it failed.
    public static func start(
        _ launcher: Launcher = .local, configuration: WorkerConfiguration = WorkerConfiguration()
    ) async throws(WorkerError) -> WorkerClient {
        let command = try launcher.command()
        let connection = try WorkerConnection(name: launcher.name, logLimit: configuration.logLimit)
        do throws(WorkerError) {
            let first = try await WorkerCall.hello(connection, command: command, limit: configuration.startLimit)
            let hello: WorkerHello = try WorkerCall.body(of: first, "hello", connection)
            guard hello.protocolVersion == WorkerProtocol.version else {
                throw WorkerError(
                    .protocolViolation(ProtocolViolation("it speaks version \(hello.protocolVersion)")),
                    subject: "hello on \(launcher.name)", log: connection.log.text)
            }
            let reply = try await configure(connection, configuration)
            return WorkerClient(connection: connection, hello: hello, reply: reply, launcher: launcher)
        } catch {
            connection.post(.kill(error.failure))
            throw error
        }
    }

    private static func configure(
        _ connection: WorkerConnection, _ configuration: WorkerConfiguration
    ) async throws(WorkerError) -> ConfigureReply {
        let probe = configuration.sharedMemory ? SharedSegment.probe() : nil
        defer { if let probe { unlink(probe.path) } }
        let request = ConfigureRequest(
            environment: configuration.environment, options: configuration.options,
            placement: configuration.placement, sharedProbe: probe)
        let reply: ConfigureReply = try await WorkerCall.perform(
            connection, .configure, request, limit: configuration.startLimit, label: "configure")
        if let probe, reply.sharing { connection.setToken(probe.token) }
        return reply
    }

    /// The end of what the worker wrote to standard error.
    public var log: String { connection.log.text }

    /// How the worker ended; `nil` while it serves.
    public var ended: WorkerError? { connection.ended }

    /// Opens an engine in the worker: once, since a process hosts one engine.
    ///
    /// - Throws: `WorkerError`; of failure `engine` with code `versionMismatch` when the library reports another version.
    public func open(
        engine: String, libraries: String? = nil, version: String? = nil, guest: GuestCommand? = nil,
        limit: Duration? = .seconds(120)
    ) async throws(WorkerError) -> OpenedEngine {
        try await WorkerCall.perform(
            connection, .open, OpenRequest(engine: engine, libraries: libraries, version: version, guest: guest),
            limit: limit, label: "open \(engine)")
    }

    /// Opens the engine of an installed stack, whose libraries lie where the worker can read them.
    ///
    /// - Throws: `WorkerError`, as `open(engine:libraries:version:limit:)` does.
    public func open(_ stack: PreparedStack, limit: Duration? = .seconds(120)) async throws(WorkerError)
        -> OpenedEngine
    {
        try await open(
            engine: stack.request.engine, libraries: stack.libraries, version: stack.version,
            guest: stack.guest, limit: limit)
    }

    /// Loads a model and makes its session.
    ///
    /// - Parameter path: the model's file as the worker's machine sees it; then no byte of it is sent. A form of the source is
    ///   read by the worker from where it lies.
    /// - Throws: `WorkerError`.
    public func load(
        _ source: ModelSource, path: String? = nil, options: EngineOptions, limit: Duration? = .seconds(300)
    ) async throws(WorkerError) -> LoadedModel {
        var bytes: AttachedTensor?
        if path == nil {
            // A vector of as many bytes as there are always fits its own shape.
            bytes = (try? Tensor(elementType: .uint8, shape: [source.bytes.count], bytes: source.bytes))
                .map(AttachedTensor.init)
        }
        let request = LoadRequest(
            name: source.name, path: path, bytes: bytes, directory: source.directory, isOriginal: source.isOriginal,
            options: options, form: source.form)
        let label = "load \(source.name)"
        let reply: LoadReply = try await WorkerCall.perform(connection, .load, request, limit: limit, label: label)
        do { return try LoadedModel(reply) } catch {
            throw WorkerError(.protocolViolation(error), subject: label, log: log)
        }
    }

    /// Loads a model from its file, which the worker maps itself where it runs on this machine, and which is sent elsewhere.
    ///
    /// - Parameter form: what the engine is to load in its place.
    /// - Throws: `WorkerError`; of failure `engine` for a form on another machine, which only files of this one are.
    public func load(
        contentsOf path: String, form: ModelForm? = nil, options: EngineOptions, limit: Duration? = .seconds(300)
    ) async throws(WorkerError) -> LoadedModel {
        let source: ModelSource
        do { source = try ModelSource(contentsOf: path) } catch {
            throw WorkerError(.engine(error), subject: "load \(path)", log: "")
        }
        guard launcher.seesFiles else {
            if let form { throw Self.refusal(of: form, path) }
            return try await load(source.selfContained, options: options, limit: limit)
        }
        let absolute = URL(fileURLWithPath: path).path
        var located = source
        located.directory = URL(fileURLWithPath: source.directory ?? ".").path
        located.form = form
        return try await load(located, path: sharesMemory ? absolute : nil, options: options, limit: limit)
    }

    private static func refusal(of form: ModelForm, _ path: String) -> WorkerError {
        let error = EngineError(
            .invalidOption, subject: form.path, reason: "a form is read from this machine's files",
            remedy: "run the stack on this machine, or leave the form out")
        return WorkerError(.engine(error), subject: "load \(path)", log: "")
    }

    /// Runs a model once.
    ///
    /// - Throws: `WorkerError`.
    public func run(
        _ model: LoadedModel, _ inputs: [Tensor], limit: Duration? = .seconds(300)
    ) async throws(WorkerError) -> RunResult {
        let reply: RunReply = try await WorkerCall.perform(
            connection, .run, RunRequest(model: model.id, inputs: inputs.map(AttachedTensor.init)), limit: limit,
            label: "run")
        return RunResult(
            outputs: reply.outputs.map(\.tensor), duration: .nanoseconds(reply.nanoseconds),
            transfer: reply.transferNanoseconds.map(Duration.nanoseconds))
    }

    /// Runs a model once on values of any kind; `run` is the call to time.
    ///
    /// - Throws: `WorkerError`; of failure `engine` with code `invalidInput` for a kind that the engine cannot be fed.
    public func evaluate(
        _ model: LoadedModel, _ inputs: [Value], limit: Duration? = .seconds(300)
    ) async throws(WorkerError) -> [Value] {
        let reply: EvaluateReply = try await WorkerCall.perform(
            connection, .evaluate, EvaluateRequest(model: model.id, inputs: inputs.map(AttachedValue.init)),
            limit: limit, label: "run")
        return reply.outputs.map(\.value)
    }

    /// Runs a job in the worker.
    ///
    /// - Parameter onEvent: gets each event, in order, on the connection's thread: it must return quickly.
    /// - Throws: `WorkerError`.
    public func perform<Job: WorkerJob>(
        _ job: Job.Type, _ request: Job.Request, limit: Duration?,
        onEvent: @escaping @Sendable (Job.Event) -> Void = { _ in }
    ) async throws(WorkerError) -> Job.Response {
        try await WorkerCall.perform(
            connection, .job, JobRequest(job: Job.name, request: request), limit: limit, label: "job \(Job.name)",
            onEvent: { message in if let event = try? message.body(Job.Event.self) { onEvent(event) } })
    }

    /// What the worker's process has used so far; answered even while the engine computes.
    ///
    /// - Throws: `WorkerError`.
    public func status(limit: Duration? = .seconds(10)) async throws(WorkerError) -> WorkerStatus {
        try await WorkerCall.perform(connection, .status, EmptyBody(), limit: limit, label: "status")
    }

    /// Lets go of a model and its session.
    ///
    /// - Throws: `WorkerError`.
    public func unload(_ model: LoadedModel, limit: Duration? = .seconds(60)) async throws(WorkerError) {
        let _: EmptyBody = try await WorkerCall.perform(
            connection, .unload, ModelNumber(model: model.id), limit: limit, label: "unload")
    }

    /// Ends the worker: politely, and by force when it does not follow within the limit.
    public func shutdown(limit: Duration = .seconds(5)) async {
        connection.post(.expectEnd)
        let _: EmptyBody? = try? await WorkerCall.perform(
            connection, .shutdown, EmptyBody(), limit: limit, label: "shutdown")
        kill()
        await waitUntilEnded()
    }

    /// Kills the worker with everything it started.
    public func kill() { connection.post(.kill(.closed)) }

    /// Returns once the process is gone and reaped.
    public func waitUntilEnded() async {
        await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
            // A call that nothing answers: the end of the connection completes it.
            let call = PendingCall(label: "end", limit: nil) { _ in continuation.resume() }
            connection.post(.send(id: connection.nextRequest(), chunks: [], call: call))
        }
    }
}
