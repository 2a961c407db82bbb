import Foundation
import Tensors

/// The thread that speaks with one worker: it alone starts, reads, writes, kills and reaps the process.
///
/// Nothing here blocks but `poll`, so one thread watches over three streams, every deadline and the process itself.
final class WorkerPump {
    /// How long a cancelled request may take to end by itself before the worker is killed.
    private static let cancellationGrace: Int64 = 2_000_000_000
    /// How long a worker that has closed its output may take to end.
    private static let exitGrace: Int64 = 5_000_000_000
    /// How often the process is looked at when nothing else happens: something it started may hold its streams open.
    private static let tick: Int64 = 500_000_000
    /// The number of the call that watches over the end; requests count from 1.
    private static let exitWatch = -1

    private let connection: WorkerConnection
    private let command: [String]
    private var pending: [Int: PendingCall]
    private var queue = WriteQueue()
    private var input: WorkerInput
    private var child: ChildProcess?
    private var token: String?
    private var cancelled: Set<Int> = []
    /// Why we are ending the worker, where it is us.
    private var verdict: WorkerFailure?
    private var outputEnded: Int64?
    private var errorsEnded = false
    private var saidHello = false
    private var endIsExpected = false
    private let scratch = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 64)

    init(connection: WorkerConnection, command: [String], hello: PendingCall) {
        self.connection = connection
        self.command = command
        pending = [0: hello]
        input = WorkerInput()
    }

    deinit { scratch.deallocate() }

    func run() {
        blockBrokenPipeSignal()
        do throws(ChildProcess.SpawnError) {
            let child = try ChildProcess.start(command)
            self.child = child
            let end = serve(child)
            child.closeStreams()
            conclude(end)
        } catch {
            conclude(failure: .launch, detail: error.reason)
        }
    }

    /// A write to a dead worker is an error on this thread, not a signal that ends the program.
    private func blockBrokenPipeSignal() {
        var set = sigset_t()
        sigemptyset(&set)
        sigaddset(&set, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &set, nil)
    }

    // MARK: The loop

    private func serve(_ child: ChildProcess) -> ChildProcess.End {
        while true {
            for command in connection.takeCommands() { obey(command) }
            expireDeadlines()
            if outputEnded != nil || verdict != nil, let end = child.reapIfEnded() { return drained(child, end) }
            let ready = wait(child)
            if ready.timedOut, let end = child.reapIfEnded() { return drained(child, end) }
            if ready.canWrite, !queue.flush(to: child.input) { queue.discard() }
            if ready.hasErrors { readErrors(child.errors) }
            if ready.hasOutput { readOutput(child.output) }
        }
    }

    private struct Ready {
        var timedOut = false
        var canWrite = false
        var hasErrors = false
        var hasOutput = false
    }

    private func wait(_ child: ChildProcess) -> Ready {
        var descriptors = [
            pollfd(fd: connection.wakeDescriptor, events: Int16(POLLIN), revents: 0),
            pollfd(fd: outputEnded == nil ? child.output : -1, events: Int16(POLLIN), revents: 0),
            pollfd(fd: errorsEnded ? -1 : child.errors, events: Int16(POLLIN), revents: 0),
            pollfd(fd: queue.isEmpty ? -1 : child.input, events: Int16(POLLOUT), revents: 0),
        ]
        let count = poll(&descriptors, nfds_t(descriptors.count), timeout())
        guard count > 0 else { return Ready(timedOut: count == 0) }
        if descriptors[0].revents != 0 { emptyWakePipe(descriptors[0].fd) }
        return Ready(
            canWrite: descriptors[3].revents != 0, hasErrors: descriptors[2].revents != 0,
            hasOutput: descriptors[1].revents != 0)
    }

    private func timeout() -> Int32 {
        // A process that is on its way out is looked at often: its callers wait for the outcome.
        var nanoseconds = outputEnded != nil || verdict != nil ? 2_000_000 : Self.tick
        let now = MonotonicClock.now()
        for deadline in pending.values.compactMap(\.deadline) { nanoseconds = min(nanoseconds, deadline - now) }
        return Int32(max(0, (nanoseconds + 999_999) / 1_000_000))
    }

    private func emptyWakePipe(_ descriptor: Int32) {
        while read(descriptor, scratch.baseAddress, 512) == 512 {}
    }

    // MARK: Commands

    private func obey(_ command: WorkerConnection.Command) {
        switch command {
        case .send(let id, let chunks, let call):
            pending[id] = call
            queue.append(chunks)
        case .cancel(let id):
            guard var call = pending[id], cancelled.insert(id).inserted else { return }
            let limit = MonotonicClock.now() + Self.cancellationGrace
            call.deadline = min(call.deadline ?? limit, limit)
            pending[id] = call
            let request = connection.nextRequest()
            if let message = try? OutgoingMessage(
                id: request, kind: .cancel, body: CancelRequest(request: id), sharing: nil)
            {
                queue.append(message.chunks)
            }
        case .kill(let failure): condemn(failure)
        case .share(let token): self.token = token
        case .expectEnd: endIsExpected = true
        }
    }

    private func expireDeadlines() {
        guard verdict == nil else { return }
        let now = MonotonicClock.now()
        guard let late = pending.first(where: { ($0.value.deadline ?? .max) <= now }) else { return }
        if late.key == Self.exitWatch {
            condemn(.protocolViolation(ProtocolViolation("it closed its output and did not end")))
        } else {
            condemn(cancelled.contains(late.key) ? .cancelled : .hung(seconds: late.value.limitSeconds))
        }
    }

    /// Kills the worker; `failure` is what its callers will hear.
    private func condemn(_ failure: WorkerFailure) {
        guard verdict == nil else { return }
        verdict = failure
        outputEnded = outputEnded ?? MonotonicClock.now()
        child?.killGroup()
    }

    // MARK: Input

    private func readErrors(_ descriptor: Int32) {
        let count = read(descriptor, scratch.baseAddress, scratch.count)
        if count > 0 {
            connection.log.append(UnsafeRawBufferPointer(rebasing: scratch[..<count]))
        } else if count == 0 || (errno != EAGAIN && errno != EINTR) {
            errorsEnded = true
        }
    }

    private func readOutput(_ descriptor: Int32) {
        let count = read(descriptor, scratch.baseAddress, scratch.count)
        guard count > 0 else {
            if count == 0 || (errno != EAGAIN && errno != EINTR) { endOfOutput() }
            return
        }
        do throws(ProtocolViolation) {
            try input.consume(UnsafeRawBufferPointer(rebasing: scratch[..<count])) { deliver($0) }
        } catch {
            condemn(.protocolViolation(error))
        }
    }

    /// The worker has closed its output: it is ending, or it is broken.
    private func endOfOutput() {
        outputEnded = MonotonicClock.now()
        pending[Self.exitWatch] = PendingCall(label: "exit", limit: .nanoseconds(Self.exitGrace)) { _ in }
    }

    private func deliver(_ message: IncomingMessage) {
        switch message.kind {
        case .hello:
            saidHello = true
            finish(message.id, .success(message))
        case .event: pending[message.id]?.onEvent(message)
        case .result: finish(message.id, .success(message))
        case .error: finish(message.id, .success(message))
        default:
            condemn(.protocolViolation(ProtocolViolation("\"\(message.kind.rawValue)\" is a client's message")))
        }
    }

    private func finish(_ id: Int, _ result: Result<IncomingMessage, WorkerError>) {
        cancelled.remove(id)
        guard let call = pending.removeValue(forKey: id) else { return }
        if let path = call.segmentPath { unlink(path) }
        call.complete(result)
    }

    // MARK: The end

    /// Takes in what the dead process had still written.
    private func drained(_ child: ChildProcess, _ end: ChildProcess.End) -> ChildProcess.End {
        for _ in 0..<1024 where outputEnded == nil { readOutput(child.output) }
        for _ in 0..<64 where !errorsEnded { readErrors(child.errors) }
        return end
    }

    private func conclude(_ end: ChildProcess.End) {
        if let verdict { return conclude(failure: verdict, detail: "") }
        switch end {
        case .exited(0) where endIsExpected: conclude(failure: .closed, detail: "")
        case .exited(let code) where code > 128 && code < 160 && command.count > 1:
            // A launcher reports the signal that ended the worker as a shell does.
            conclude(failure: .crashed(signal: code - 128), detail: "")
        case .exited(let code):
            let detail = saidHello ? "" : "it ended with exit code \(code) before its hello"
            conclude(failure: saidHello ? .exited(code: code) : .launch, detail: detail)
        case .signalled(let signal): conclude(failure: .crashed(signal: signal), detail: "")
        }
    }

    private func conclude(failure: WorkerFailure, detail: String) {
        if let token { SharedSegment.removeAll(token: token) }
        let log = connection.log.text
        let waiting = pending
        pending = [:]
        connection.finish(WorkerError(failure, subject: connection.name, log: log, detail: detail))
        for call in waiting.values {
            if let path = call.segmentPath { unlink(path) }
            call.complete(
                .failure(
                    WorkerError(failure, subject: "\(call.label) on \(connection.name)", log: log, detail: detail)))
        }
    }
}
