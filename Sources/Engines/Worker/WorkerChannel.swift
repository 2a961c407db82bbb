import Foundation
import Synchronization
import Tensors

/// The two streams of a worker's protocol, taken away from everything else in the process.
public final class WorkerChannel: Sendable {
    /// The descriptor that carries the protocol to the client.
    package let output: Int32
    let input: Int32
    private let writing = Mutex(false)

    private init(input: Int32, output: Int32) {
        self.input = input
        self.output = output
    }

    /// Takes over standard input and output: must run before any library is opened, since libraries print.
    ///
    /// From then on what is printed goes to standard error, and what reads standard input finds its end.
    public static func takeOverStandardStreams() -> WorkerChannel {
        signal(SIGPIPE, SIG_IGN)
        letSignalsKill()
        let input = fcntl(0, F_DUPFD_CLOEXEC, 3)
        let output = fcntl(1, F_DUPFD_CLOEXEC, 3)
        dup2(2, 1)
        let nothing = open("/dev/null", O_RDONLY | O_CLOEXEC)
        if nothing >= 0 {
            dup2(nothing, 0)
            if nothing > 2 { close(nothing) }
        }
        return WorkerChannel(input: input, output: output)
    }

    /// Takes the Swift run time's crash handler away, unless the user asked for it.
    ///
    /// It would survive a signal that was sent, and hold a crashed worker up while it reads symbols; the signal itself
    /// is the recorded outcome.
    private static func letSignalsKill() {
        guard ProcessInfo.processInfo.environment["SWIFT_BACKTRACE"] == nil else { return }
        for number in [SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGQUIT, SIGSEGV, SIGTRAP] { signal(number, SIG_DFL) }
    }

    /// Writes the chunks one after the other, whole; `false` once the client is gone.
    @discardableResult
    func write(_ chunks: [Bytes]) -> Bool {
        writing.withLock { broken in
            for chunk in chunks where !broken { broken = !chunk.withUnsafeBytes { Self.writeAll($0, to: output) } }
            return !broken
        }
    }

    /// Writes all bytes to a descriptor that blocks; `false` once nobody reads.
    static func writeAll(_ bytes: UnsafeRawBufferPointer, to output: Int32) -> Bool {
        var rest = bytes
        while let base = rest.baseAddress, rest.count > 0 {
            let count = Foundation.write(output, base, rest.count)
            if count > 0 {
                rest = UnsafeRawBufferPointer(rebasing: rest[count...])
            } else if count < 0, errno == EINTR {
                continue
            } else {
                return false
            }
        }
        return true
    }

    /// Reads what has arrived into `buffer`; 0 at the end of the input.
    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int { Self.read(input, into: buffer) }

    /// Reads what has arrived at a descriptor that blocks; 0 at its end.
    static func read(_ input: Int32, into buffer: UnsafeMutableRawBufferPointer) -> Int {
        while true {
            let count = Foundation.read(input, buffer.baseAddress, buffer.count)
            if count >= 0 { return count }
            guard errno == EINTR else { return 0 }
        }
    }
}
