import Synchronization

/// Collects the events of a job, or anything else that is told piece by piece.
final class Heard<Event: Sendable>: Sendable {
    private let events: Mutex<[Event]> = Mutex([])

    func add(_ event: Event) { events.withLock { $0.append(event) } }

    var all: [Event] { events.withLock { $0 } }
}
