import Foundation
import Synchronization
import Tensors

/// A guest's process, seen from the worker that hosts it: one request after the other, each answered before the next.
///
/// It shares the worker's process group and standard error, so that whoever ends the worker ends both, and what the guest
/// writes is in the worker's log. When the guest dies, the worker dies of the same: the outcome is the guest's.
final class GuestProcess: Sendable {
    private struct State: ~Copyable {
        var child: ChildProcess
        var input = WorkerInput()
        var arrived: [IncomingMessage] = []
        var nextRequest = 1
        /// With this the names of files in shared memory begin; `nil` where tensors go through the pipe.
        var token: String?
    }

    private let state: Mutex<State>
    private let name: String

    /// Starts a guest and configures it.
    ///
    /// - Parameter token: the client's for files in shared memory, which it removes when all is over; `nil` where it has none.
    /// - Throws: `EngineError` of code `unavailable` where it cannot be started or does not speak the protocol.
    init(
        _ guest: GuestCommand, name: String, options: EngineOptions, token: String?
    ) throws(EngineError) {
        self.name = name
        for (variable, value) in guest.environment { setenv(variable, value, 1) }
        let child: ChildProcess
        do throws(ChildProcess.SpawnError) { child = try ChildProcess.start(guest.command, as: .guest) } catch {
            throw EngineError(
                .unavailable, subject: name, reason: "its program cannot be started: \(error.reason)",
                remedy: "check it with: assay engines")
        }
        state = Mutex(State(child: child))
        EngineProcesses.follow(child.id)
        try greet(guest)
        try configure(options, token)
    }

    deinit {
        let id = state.withLock { $0.child.id }
        EngineProcesses.forget(id)
        state.withLock { $0.child.closeStreams() }
        kill(id, SIGKILL)
        var status: Int32 = 0
        while waitpid(id, &status, 0) < 0, errno == EINTR {}
    }

    /// Sends a request and waits for its answer.
    ///
    /// - Throws: what the guest refused with. A guest that has ended, or whose answer is no message, ends the worker.
    func call<Reply: Decodable>(
        _ kind: MessageHeader.Kind, _ body: some Encodable, as type: Reply.Type = Reply.self
    ) throws(EngineError) -> Reply {
        let answer = try state.withLock { state throws(EngineError) in
            let id = state.nextRequest
            state.nextRequest += 1
            let message: OutgoingMessage
            do { message = try OutgoingMessage(id: id, kind: kind, body: body, sharing: state.token) } catch {
                throw EngineError(.invalidRequest, subject: name, reason: "it cannot be encoded: \(error)")
            }
            for chunk in message.chunks where !state.child.write(chunk) { Self.end(like: state.child) }
            return next(&state, answering: id)
        }
        if answer.kind == .error { throw Self.understood(answer, as: EngineError.self) }
        return Self.understood(answer, as: Reply.self)
    }

    private static func understood<Body: Decodable>(_ answer: IncomingMessage, as type: Body.Type) -> Body {
        do throws(ProtocolViolation) { return try answer.body() } catch { refuse(error) }
    }

    // MARK: - The beginning

    private func greet(_ guest: GuestCommand) throws(EngineError) {
        let hello = try state.withLock { state throws(EngineError) -> WorkerHello? in
            while state.arrived.isEmpty {
                guard read(&state) else {
                    let end = state.child.waitForEnd()
                    throw EngineError(
                        .unavailable, subject: name, reason: "its program ended before its hello, \(end.words)",
                        remedy: "run it by hand: \(guest.command.joined(separator: " "))")
                }
            }
            let first = state.arrived.removeFirst()
            return first.kind == .hello ? try? first.body() : nil
        }
        guard let hello, hello.protocolVersion == WorkerProtocol.version else {
            throw EngineError(
                .unavailable, subject: name, reason: "its program does not begin with a hello of version 1",
                remedy: "see Documentation/worker-protocol.md")
        }
    }

    /// Tells the guest how it is to compute; the variables that follow from that it has inherited.
    private func configure(_ options: EngineOptions, _ token: String?) throws(EngineError) {
        let probe = SharedSegment.probe(token: token)
        defer { if let probe { unlink(probe.path) } }
        let request = ConfigureRequest(
            environment: [:], options: options, placement: nil, sharedProbe: probe)
        let reply: GuestConfigured = try call(.configure, request)
        if let probe, reply.sharing == true { state.withLock { $0.token = probe.token } }
    }

    // MARK: - Messages

    private func next(_ state: inout State, answering id: Int) -> IncomingMessage {
        while true {
            while !state.arrived.isEmpty {
                let message = state.arrived.removeFirst()
                if message.id == id, message.kind == .result || message.kind == .error { return message }
            }
            guard read(&state) else { Self.end(like: state.child) }
        }
    }

    /// Takes in what has arrived; `false` at the end of the guest's output.
    private func read(_ state: inout State) -> Bool {
        var arrived: [IncomingMessage] = []
        let isOpen = withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 64) { buffer in
            let count = state.child.read(into: buffer)
            guard count > 0 else { return false }
            do throws(ProtocolViolation) {
                try state.input.consume(UnsafeRawBufferPointer(rebasing: buffer[..<count])) { arrived.append($0) }
            } catch {
                Self.refuse(error)
            }
            return true
        }
        state.arrived += arrived
        return isOpen
    }

    // MARK: - The end

    /// How long a guest that has closed its output may take to end.
    private static let exitGrace: Int64 = 5_000_000_000

    /// Ends the worker as its guest ended, so that the client records the guest's outcome.
    private static func end(like child: ChildProcess) -> Never {
        let deadline = MonotonicClock.now() + exitGrace
        while !child.hasEnded {
            guard MonotonicClock.now() < deadline else {
                refuse(ProtocolViolation("it closed its output and lives on"))
            }
            usleep(2_000)
        }
        switch child.waitForEnd() {
        case .signalled(let number):
            signal(number, SIG_DFL)
            var set = sigset_t()
            sigemptyset(&set)
            sigaddset(&set, number)
            pthread_sigmask(SIG_UNBLOCK, &set, nil)
            kill(getpid(), number)
            // Another thread may be the one that takes it.
            sleep(1)
            _exit(128 + number)
        case .exited(let code): _exit(code)
        }
    }

    /// Ends the worker because its guest cannot be understood.
    private static func refuse(_ violation: ProtocolViolation) -> Never {
        let text = "the guest broke the protocol: \(violation)\n"
        FileHandle.standardError.write(Data(text.utf8))
        _exit(2)
    }
}

/// What a guest answers to that; it may leave out all of it.
private struct GuestConfigured: Decodable {
    var sharing: Bool?
}
