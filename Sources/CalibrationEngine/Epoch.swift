import Engines
import Synchronization

/// When the first run of a model began, whichever session made it.
final class Epoch: Sendable {
    private let start = Atomic<Int64>(0)

    /// The beginning: the time given, where no run had begun.
    func begin(at time: Int64) -> Int64 {
        let (exchanged, original) = start.compareExchange(expected: 0, desired: time, ordering: .relaxed)
        return exchanged ? time : original
    }
}
