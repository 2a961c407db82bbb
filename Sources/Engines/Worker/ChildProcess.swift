import Foundation
import Tensors

/// A started process: its number, which is also that of its process group, and our ends of its three streams.
///
/// `posix_spawn` is called directly: the streams stay out of every other child, and the group can be killed as a whole.
struct ChildProcess {
    var id: pid_t
    var input: Int32
    var output: Int32
    var errors: Int32

    /// How a process ended.
    enum End {
        case exited(Int32)
        case signalled(Int32)

        /// In words: `with exit code 1`, `by signal 9`.
        var words: String {
            switch self {
            case .exited(let code): "with exit code \(code)"
            case .signalled(let signal): "by signal \(signal)"
            }
        }
    }

    /// Why a process could not be started.
    struct SpawnError: Error {
        var reason: String
    }

    /// What a process is started for.
    enum Role {
        /// A client's worker: a group of its own, and three streams that are read as they come.
        case worker
        /// A worker's guest: in the worker's group, with the worker's standard error, and streams that are waited for.
        case guest
    }

    static func start(_ command: [String], as role: Role = .worker) throws(SpawnError) -> ChildProcess {
        guard let program = command.first else { throw SpawnError(reason: "the command is empty") }
        var pipes = PipeSet()
        guard pipes.open() else { throw SpawnError(reason: String(cString: strerror(errno))) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, pipes.input.read, 0)
        posix_spawn_file_actions_adddup2(&actions, pipes.output.write, 1)
        if role == .worker { posix_spawn_file_actions_adddup2(&actions, pipes.errors.write, 2) }
        // Descriptors that the rest of the program left open on exec are none of the worker's business.
        withUnsafeMutablePointer(to: &actions) { _ = HiddenCalls.addCloseFrom?(OpaquePointer($0), 3) }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        setAttributes(&attributes, role)

        var arguments = command.map { strdup($0) } + [nil]
        defer { arguments.forEach { free($0) } }
        var id = pid_t()
        let status = posix_spawnp(&id, program, &actions, &attributes, &arguments, environ)
        guard status == 0 else {
            pipes.closeAll()
            throw SpawnError(reason: "\(program): \(String(cString: strerror(status)))")
        }
        pipes.closeTheirs()
        for descriptor in [pipes.input.write, pipes.output.read, pipes.errors.read] where role == .worker {
            _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
        }
        return ChildProcess(
            id: id, input: pipes.input.write, output: pipes.output.read, errors: pipes.errors.read)
    }

    /// A worker has a group of its own; no signal is blocked, none ignored.
    private static func setAttributes(_ attributes: inout posix_spawnattr_t, _ role: Role) {
        var none = sigset_t()
        sigemptyset(&none)
        var all = sigset_t()
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setpgroup(&attributes, 0)
        let group = role == .worker ? POSIX_SPAWN_SETPGROUP : 0
        posix_spawnattr_setflags(&attributes, Int16(group | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    }

    /// Kills the process and everything it started.
    func killGroup() {
        kill(-id, SIGKILL)
        kill(id, SIGKILL)
    }

    /// Whether the process has ended; its group is killed before its number is given free, so that nothing of it stays.
    func reapIfEnded() -> End? {
        guard hasEnded else { return nil }
        kill(-id, SIGKILL)
        return waitForEnd()
    }

    /// Waits until the process has ended.
    func waitForEnd() -> End {
        var status: Int32 = 0
        while waitpid(id, &status, 0) < 0 { guard errno == EINTR else { return .exited(-1) } }
        // The layout of a wait status (POSIX leaves it to macros that Swift does not import).
        return status & 0x7F == 0 ? .exited((status >> 8) & 0xFF) : .signalled(status & 0x7F)
    }

    /// Whether the process has ended and waits to be reaped.
    var hasEnded: Bool {
        var information = siginfo_t()
        return waitid(P_PID, id_t(id), &information, WEXITED | WNOHANG | WNOWAIT) == 0
            && information.si_signo == SIGCHLD
    }

    /// Writes everything; `false` once the process no longer reads.
    func write(_ bytes: Bytes) -> Bool { bytes.withUnsafeBytes { WorkerChannel.writeAll($0, to: input) } }

    /// Reads what has arrived, and waits for it; 0 at the end of the process or of its output, which something that it
    /// started may hold open.
    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        while true {
            var descriptor = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
            let count = poll(&descriptor, 1, 500)
            if count > 0 { return WorkerChannel.read(output, into: buffer) }
            if count == 0, hasEnded { return 0 }
        }
    }

    func closeStreams() {
        close(input)
        close(output)
        close(errors)
    }
}
