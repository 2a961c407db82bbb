import Engines

/// What a load generator reads the time from and waits on; a test gives one that moves by itself.
package protocol ServingClock: Sendable {
    /// Nanoseconds since some fixed point in the past.
    func now() -> Int64
    /// Waits until a time and says what time it is then; at once where it has passed.
    ///
    /// - Parameter isWanted: asked every tenth of a second of a long wait, which ends once it is false.
    func wait(until time: Int64, while isWanted: () -> Bool) -> Int64
}

/// The machine's clock: it sleeps until shortly before a time and spins through the rest, since a sleep ends late.
package struct MachineServingClock: ServingClock {
    /// How long it spins at most before a time, in nanoseconds.
    package let spin: Int64

    private static let longestSleep: Int64 = 100_000_000

    @inline(__always)
    package func now() -> Int64 { MonotonicClock.now() }

    @inline(__always)
    package func wait(until time: Int64, while isWanted: () -> Bool) -> Int64 {
        var now = MonotonicClock.now()
        while now < time {
            let left = time - now
            if left > spin {
                MonotonicClock.sleep(nanoseconds: min(left - spin, Self.longestSleep))
                if left > Self.longestSleep, !isWanted() { return MonotonicClock.now() }
            }
            now = MonotonicClock.now()
        }
        return now
    }

    /// A clock whose spin covers what sleeps of this machine take too long, as found now.
    ///
    /// - Parameter busy: threads that may compute while one thread waits, at least 0.
    package static func calibrated(busy: Int) -> MachineServingClock {
        let asked: Int64 = 500_000
        let late = (0..<40).map { _ in
            let begin = MonotonicClock.now()
            MonotonicClock.sleep(nanoseconds: asked)
            return MonotonicClock.now() - begin - asked
        }
        // One more processor is taken by the thread that waits.
        return MachineServingClock(
            spin: spin(late: late, sparesProcessor: Double(busy) + 1 < MachineProbe().grantedProcessors))
    }

    /// How long to spin.
    ///
    /// One sleep in twenty is late by more than any spin learnt from the others. Where nobody needs the processor the spin is
    /// long enough for those too; where the engine does, they are left to the audit.
    ///
    /// - Parameters:
    ///   - late: how much too long each of some sleeps was, in nanoseconds; at least one.
    ///   - sparesProcessor: whether a processor is free while a thread spins and the others run the engine.
    package static func spin(late: [Int64], sparesProcessor: Bool) -> Int64 {
        let usual = late.sorted()[max(late.count * 19 / 20 - 1, 0)]
        let covering = usual / 4 + usual
        return sparesProcessor
            ? min(max(covering, 1_000_000), 5_000_000)
            : min(max(covering, 20_000), 1_000_000)
    }
}
