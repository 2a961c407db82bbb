import Synchronization

/// Collects the events of a job.
final class Heard: Sendable {
    private let events: Mutex<[Int]> = Mutex([])

    func add(_ event: Int) { events.withLock { $0.append(event) } }

    var all: [Int] { events.withLock { $0 } }
}
