import Foundation

/// What a program is started under so that it does not outlive its starter.
///
/// A pipe from the starter is watched by a shell in the program's process group: a line on it says that all went as it should,
/// its end without one that the starter is gone, however it ended, and then the group is killed. `Process` makes each program
/// the leader of a group of its own, which keeps Ctrl-C from it; a death signal of the kernel would reach the program alone,
/// hang on one thread of the starter, and exist on Linux only.
final class ProcessLeash {
    private let pipe = Pipe()

    /// `$$` is the program itself, which takes the shell's place; the watcher is no child of its, so that it has none but its
    /// own to wait for.
    private static let script = #"""
        exec 3<&0 </dev/null
        ( { read -r line || kill -s KILL -- -$$; } <&3 >/dev/null 2>&1 & )
        exec 3<&-
        exec "$@"
        """#

    /// The end that the program is given as its input, and does not see.
    var end: FileHandle { pipe.fileHandleForReading }

    init() {
        // No other program that is started meanwhile may hold the pipe open.
        for handle in [pipe.fileHandleForReading, pipe.fileHandleForWriting] {
            _ = fcntl(handle.fileDescriptor, F_SETFD, FD_CLOEXEC)
        }
    }

    /// What is to be started for a program and its arguments.
    func command(_ executable: String, _ arguments: [String]) -> (program: URL, arguments: [String]) {
        (URL(fileURLWithPath: "/bin/sh"), ["-c", Self.script, executable, executable] + arguments)
    }

    private var isReleased = false

    /// Lets go, once the program has ended, so that who watches it ends too; it may be called again.
    func release() {
        guard !isReleased else { return }
        isReleased = true
        // Our end for reading is still open, so that nobody's absence is a signal.
        try? pipe.fileHandleForWriting.write(contentsOf: Data("\n".utf8))
        try? pipe.fileHandleForWriting.close()
    }
}
