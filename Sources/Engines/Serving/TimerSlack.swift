import Foundation

/// How much later than asked the kernel may wake a thread, so that it can wake several at once: 50 µs on Linux.
enum TimerSlack {
    /// Asks for the least slack for the calling thread; where the kernel has no such setting, nothing changes.
    static func remove() {
        #if os(Linux)
            // A thread may write its own setting, which the kernel offers as a file; prctl is variadic, beyond Swift.
            guard let own = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/thread-self"),
                let thread = own.split(separator: "/").last
            else { return }
            let file = open("/proc/\(thread)/timerslack_ns", O_WRONLY | O_CLOEXEC)
            guard file >= 0 else { return }
            let text: [UInt8] = [UInt8(ascii: "1")]
            _ = write(file, text, text.count)
            close(file)
        #endif
    }
}
