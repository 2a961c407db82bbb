import Foundation

/// The one thread of a worker on which the engine is called: it takes requests from a queue, one after the other.
final class EngineThread: @unchecked Sendable {
    /// Deep graphs recurse in some engines' loaders.
    static let stackSize = 64 << 20

    private let condition = NSCondition()
    private var queue: [@Sendable () -> Void] = []

    /// Starts the thread; `prepare` runs on it first.
    func start(_ prepare: @escaping @Sendable () -> Void) {
        let thread = Thread { [self] in
            prepare()
            while true { next()() }
        }
        thread.name = "engine"
        thread.stackSize = Self.stackSize
        thread.start()
    }

    /// Adds work behind what is already waiting.
    func enqueue(_ work: @escaping @Sendable () -> Void) {
        condition.lock()
        queue.append(work)
        condition.signal()
        condition.unlock()
    }

    private func next() -> @Sendable () -> Void {
        condition.lock()
        defer { condition.unlock() }
        while queue.isEmpty { condition.wait() }
        return queue.removeFirst()
    }
}
