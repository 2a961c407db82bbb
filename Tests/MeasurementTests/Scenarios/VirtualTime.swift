import Engines
import Measurement
import Operators
import Synchronization
import Tensors

/// A clock that moves only when something takes time: waiting, and the runs of a `VirtualSession`.
final class VirtualTime: ServingClock {
    private let time = Atomic<Int64>(1_000)
    private let waits = Atomic<Int>(0)
    /// By how much too late the n-th wait ends.
    private let oversleep: @Sendable (Int) -> Int64

    init(oversleep: @escaping @Sendable (Int) -> Int64 = { _ in 0 }) { self.oversleep = oversleep }

    func now() -> Int64 { time.load(ordering: .relaxed) }

    func wait(until due: Int64, while isWanted: () -> Bool) -> Int64 {
        guard now() < due else { return now() }
        let late = oversleep(waits.add(1, ordering: .relaxed).oldValue)
        time.store(due + late, ordering: .relaxed)
        return due + late
    }

    func pass(_ nanoseconds: Int64) { time.add(nanoseconds, ordering: .relaxed) }
}

/// A session that takes given times, one after the other, and fails where the list says so.
final class VirtualSession: Session {
    private let clock: VirtualTime
    private let service: (Int) -> Int64?
    private var runs = 0
    /// What each run was given.
    private(set) var given: [[Tensor]] = []

    /// `service` gives the time of the n-th run; `nil` fails.
    init(_ clock: VirtualTime, service: @escaping (Int) -> Int64?) {
        self.clock = clock
        self.service = service
    }

    func run(_ inputs: [Tensor], into outputs: OutputSlots) throws(EngineError) {
        defer { runs += 1 }
        given.append(inputs)
        guard let time = service(runs) else {
            throw EngineError(.runFailed, subject: "virtual", reason: "told to fail")
        }
        clock.pass(time)
    }

    func evaluate(_ inputs: [Value]) throws(EngineError) -> [Value] { inputs }
}
