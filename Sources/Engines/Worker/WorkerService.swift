import Foundation
import Synchronization
import Tensors

/// Answers one request after the other: what is quick on the reading thread, what touches the engine on the engine's.
final class WorkerService: Sendable {
    private struct State {
        var token: String?
        var configured = false
        var cancelled: Set<Int> = []
    }

    private let channel: WorkerChannel
    private let jobs: JobRegistry
    private let thread = EngineThread()
    private let bench: Confined<WorkerBench>
    private let state = Mutex(State())

    init(channel: WorkerChannel, factories: [any EngineFactory], jobs: JobRegistry) {
        self.channel = channel
        self.jobs = jobs
        bench = Confined(WorkerBench(factories: factories))
    }

    func handle(_ message: IncomingMessage) {
        switch message.kind {
        case .configure: answer(message.id) { try self.configure(message.body()) }
        case .status: send(message.id, .result, EngineProcesses.status())
        case .cancel:
            answer(message.id) {
                let request = try message.body(CancelRequest.self).request
                _ = self.state.withLock { $0.cancelled.insert(request) }
                return EmptyBody()
            }
        case .shutdown:
            send(message.id, .result, EmptyBody())
            end(status: 0)
        case .open, .load, .run, .evaluate, .job, .unload: handleOnEngineThread(message)
        case .hello, .result, .event, .error:
            refuse(
                message.id,
                EngineError(
                    .invalidRequest, subject: "protocol", reason: "\"\(message.kind.rawValue)\" is a worker's message"))
        }
    }

    private func handleOnEngineThread(_ message: IncomingMessage) {
        guard state.withLock({ $0.configured }) else {
            refuse(
                message.id,
                EngineError(.invalidRequest, subject: "protocol", reason: "the first request must be \"configure\""))
            return
        }
        thread.enqueue { [self] in
            answer(message.id) {
                let bench = self.bench.value
                if self.isCancelled(message.id) {
                    throw EngineError(.cancelled, subject: message.kind.rawValue, reason: "the client cancelled it")
                }
                return switch message.kind {
                case .open: try bench.open(message.body())
                case .load: try bench.load(message.body())
                case .run: try bench.run(message.body())
                case .evaluate: try bench.evaluate(message.body())
                case .job: try self.runJob(message, bench)
                default: try self.unload(message, bench)
                }
            }
            _ = state.withLock { $0.cancelled.remove(message.id) }
        }
    }

    private func configure(_ request: ConfigureRequest) throws(EngineError) -> ConfigureReply {
        let first = state.withLock { state in
            defer { state.configured = true }
            return !state.configured
        }
        guard first else {
            throw EngineError(.invalidRequest, subject: "configure", reason: "the worker is configured already")
        }
        let changed = EngineEnvironment.apply(request.options, overrides: request.environment)
        let sharing = request.sharedProbe.map(Self.canRead) ?? false
        if sharing { state.withLock { $0.token = request.sharedProbe?.token } }
        // Before the engine's thread, which inherits it, and before a library counts processors.
        let processors = request.placement.flatMap(ProcessorAffinity.confine)
        bench.value.options = request.options
        bench.value.token = sharing ? request.sharedProbe?.token : nil
        let flush = request.options.flushDenormals
        // Threads that a library starts from this one inherit the mode.
        thread.start { _ = DenormalMode(flushed: flush) }
        return ConfigureReply(
            sharing: sharing, environment: changed.set, removed: changed.removed, processors: processors)
    }

    private static func canRead(_ probe: SharedProbe) -> Bool {
        guard probe.path.hasPrefix("\(SharedSegment.directory)/assay-\(probe.token)-"), !probe.token.isEmpty else {
            return false
        }
        return (try? String(contentsOfFile: probe.path, encoding: .utf8)) == probe.token
    }

    private func unload(_ message: IncomingMessage, _ bench: WorkerBench) throws -> EmptyBody {
        try bench.unload(message.body(ModelNumber.self).model)
        return EmptyBody()
    }

    private func runJob(_ message: IncomingMessage, _ bench: WorkerBench) throws -> any Encodable & Sendable {
        let name = try message.body(JobName.self).job
        guard let runner = jobs.runner(name) else {
            throw EngineError(
                .unknownName, subject: "job \(name)", reason: "the worker knows no such job",
                remedy: "it knows \(jobs.names.joined(separator: ", "))")
        }
        let channel = JobChannel(
            send: { self.send(message.id, .event, $0) }, cancelled: { self.isCancelled(message.id) })
        return try runner(message, bench, channel)
    }

    private func isCancelled(_ id: Int) -> Bool { state.withLock { $0.cancelled.contains(id) } }

    /// Sends the result of `work`, or its error.
    private func answer(_ id: Int, _ work: () throws -> any Encodable) {
        do {
            send(id, .result, try work())
        } catch let error as EngineError {
            refuse(id, error)
        } catch let error as ProtocolViolation {
            refuse(id, EngineError(.invalidRequest, subject: "protocol", reason: error.description))
        } catch {
            refuse(id, EngineError(.runFailed, subject: "worker", reason: "\(error)"))
        }
    }

    func refuse(_ id: Int, _ error: EngineError) { send(id, .error, error) }

    func send(_ id: Int, _ kind: MessageHeader.Kind, _ body: any Encodable) {
        let token = state.withLock { $0.token }
        do {
            channel.write(try OutgoingMessage(id: id, kind: kind, body: body, sharing: token).chunks)
        } catch {
            let failure = EngineError(.runFailed, subject: "worker", reason: "the answer cannot be encoded: \(error)")
            if kind != .error { send(id, .error, failure) }
        }
    }

    /// Ends the process at once: engine threads may be running, and no destructor may wait for them.
    func end(status: Int32) -> Never {
        if let token = state.withLock({ $0.token }), status != 0 { SharedSegment.removeAll(token: token) }
        _exit(status)
    }
}

/// A value that only the engine's thread touches, carried there by closures that must be Sendable.
private struct Confined<Value>: @unchecked Sendable {
    let value: Value
    init(_ value: Value) { self.value = value }
}
