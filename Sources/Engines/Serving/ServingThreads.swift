import Foundation
import Synchronization

/// Threads that call an engine side by side, each set up as the worker's own engine thread is: the same deep stack, the
/// same treatment of denormal numbers, and a kernel that wakes it when it asks and not up to 50 µs later.
package enum ServingThreads {
    /// Runs `body` on so many threads and returns when all of them have returned.
    ///
    /// - Parameters:
    ///   - count: how many threads, at least one.
    ///   - flushesDenormals: the mode of the threads' vector units; threads that a library starts from them inherit it.
    ///   - interval: how often `poll` is called on the calling thread meanwhile.
    ///   - poll: looks whether the work is still wanted; it must return quickly.
    ///   - body: the work of one thread, by its number from 0.
    package static func run(
        _ count: Int, flushesDenormals: Bool, every interval: Duration = .milliseconds(50), poll: () -> Void = {},
        body: @escaping @Sendable (_ index: Int) -> Void
    ) {
        let join = Join(count: max(count, 1))
        for index in 0..<max(count, 1) {
            let thread = Thread {
                let mode = DenormalMode(flushed: flushesDenormals)
                TimerSlack.remove()
                body(index)
                mode.restore()
                join.leave()
            }
            thread.name = "serving \(index)"
            thread.stackSize = EngineThread.stackSize
            thread.start()
        }
        let seconds = interval / .seconds(1)
        while !join.wait(seconds: seconds) { poll() }
    }

    /// Counts threads down and wakes who waits for the last one.
    private final class Join: @unchecked Sendable {
        private let condition = NSCondition()
        private var running: Int

        init(count: Int) { running = count }

        func leave() {
            condition.lock()
            running -= 1
            if running == 0 { condition.broadcast() }
            condition.unlock()
        }

        /// Waits at most so long; true when all have left.
        func wait(seconds: Double) -> Bool {
            condition.lock()
            defer { condition.unlock() }
            if running > 0 { _ = condition.wait(until: Date(timeIntervalSinceNow: seconds)) }
            return running == 0
        }
    }
}
