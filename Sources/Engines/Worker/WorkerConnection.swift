import Foundation
import Synchronization
import Tensors

/// The way from any task to the one thread that speaks with a worker: commands go into a box, a byte in a pipe wakes it.
final class WorkerConnection: Sendable {
    /// What a task asks of the thread.
    enum Command: Sendable {
        case send(id: Int, chunks: [Bytes], call: PendingCall)
        /// The caller's task was cancelled: ask the worker to stop, and kill it when it does not.
        case cancel(id: Int)
        case kill(WorkerFailure)
        /// The worker is about to be asked to end: its end is no failure.
        case expectEnd
        /// Uses shared memory with files under this token.
        case share(token: String)
    }

    private struct State {
        var commands: [Command] = []
        var nextRequest = 1
        var token: String?
        /// Set once the thread has ended: nothing is answered any more.
        var end: WorkerError?
        var wake: PipeSet.Ends
    }

    private let state: Mutex<State>
    let log: LogTail
    /// What messages call the worker.
    let name: String

    init(name: String, logLimit: Int) throws(WorkerError) {
        var wake = PipeSet.Ends()
        guard PipeSet.open(&wake) else {
            throw WorkerError(.launch, subject: name, log: "", detail: String(cString: strerror(errno)))
        }
        for descriptor in [wake.read, wake.write] {
            _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
        }
        self.name = name
        log = LogTail(limit: logLimit)
        state = Mutex(State(wake: wake))
    }

    deinit {
        state.withLock { state in
            if state.wake.read >= 0 { close(state.wake.read) }
            if state.wake.write >= 0 { close(state.wake.write) }
        }
    }

    /// Starts the thread; `hello` gets the worker's first message.
    func start(_ command: [String], hello: PendingCall) {
        let thread = Thread { [self] in
            let pump = WorkerPump(connection: self, command: command, hello: hello)
            pump.run()
        }
        thread.name = "worker \(name)"
        thread.start()
    }

    /// The read end of the wake pipe.
    var wakeDescriptor: Int32 { state.withLock { $0.wake.read } }

    func nextRequest() -> Int {
        state.withLock { state in
            defer { state.nextRequest += 1 }
            return state.nextRequest
        }
    }

    var token: String? { state.withLock { $0.token } }

    func setToken(_ token: String) {
        state.withLock { $0.token = token }
        post(.share(token: token))
    }

    /// Hands a command to the thread; a request is answered at once when the thread has ended.
    func post(_ command: Command) {
        let end = state.withLock { state -> WorkerError? in
            if let end = state.end { return end }
            state.commands.append(command)
            var byte: UInt8 = 1
            _ = write(state.wake.write, &byte, 1)
            return nil
        }
        if let end, case .send(_, _, let call) = command {
            if let path = call.segmentPath { unlink(path) }
            call.complete(.failure(end))
        }
    }

    /// Takes the waiting commands; for the thread.
    func takeCommands() -> [Command] {
        state.withLock { state in
            defer { state.commands = [] }
            return state.commands
        }
    }

    /// Ends the connection: what is still waiting and what comes later is answered with `error`.
    func finish(_ error: WorkerError) {
        let waiting = state.withLock { state -> [Command] in
            defer { state.commands = [] }
            state.end = error
            close(state.wake.read)
            close(state.wake.write)
            state.wake = PipeSet.Ends()
            return state.commands
        }
        for case .send(_, _, let call) in waiting {
            if let path = call.segmentPath { unlink(path) }
            call.complete(.failure(error))
        }
    }

    /// How the worker ended; `nil` while it serves.
    var ended: WorkerError? { state.withLock { $0.end } }
}
