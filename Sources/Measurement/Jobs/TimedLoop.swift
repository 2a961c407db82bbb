import Engines
import Tensors

/// Runs a session again and again and reads the clock around each sample.
struct TimedLoop {
    /// When to stop: not before `minimum` samples, at the latest at `maximum`, in between when the time is over.
    struct Limits {
        var minimum: Int
        var maximum: Int
        var nanoseconds: Int64
    }

    let session: any Session
    let inputs: [Tensor]
    let outputs: OutputSlots
    let batch: Int
    let clock: MeasureJob.Clock
    /// Nanoseconds spun after each run.
    let added: Int64
    /// Samples taken by the last call.
    private(set) var count = 0
    /// When the last call began, on the monotonic clock.
    private(set) var began: Int64 = 0
    /// Time that the last call took, in nanoseconds.
    private(set) var elapsed: Int64 = 0

    init(
        session: any Session, inputs: [Tensor], outputs: OutputSlots, batch: Int, clock: MeasureJob.Clock = .wall,
        added: Int64 = 0
    ) {
        self.session = session
        self.inputs = inputs
        self.outputs = outputs
        self.batch = batch
        self.clock = clock
        self.added = added
    }

    /// Takes samples and keeps none.
    mutating func warmUp(_ limits: Limits, isCancelled: () -> Bool) throws(EngineError) {
        try loop(limits, isCancelled: isCancelled) { _, _ in }
    }

    /// Takes samples into an array that has room for `limits.maximum`, so that nothing is allocated meanwhile.
    mutating func collect(
        _ limits: Limits, into samples: inout RunTimes, isCancelled: () -> Bool
    ) throws(EngineError) {
        try loop(limits, isCancelled: isCancelled) { samples.append($0, transfer: $1) }
    }

    /// Takes samples in blocks and reads the machine before the first, between any two, and after the last; the time of the
    /// readings is none of the loop's.
    ///
    /// A reading leaves the caches in disorder: where a block holds many runs, the one after a reading is not kept.
    mutating func collect(
        _ limits: Limits, blocks length: Int64, into samples: inout RunTimes, readings: inout [MachineReading],
        isCancelled: () -> Bool
    ) throws(EngineError) {
        var spent: Int64 = 0
        readings.append(MachineReading.now(samples: 0))
        let begin = MonotonicClock.now()
        while true {
            let left = limits.nanoseconds - spent
            let block = Limits(
                minimum: left > 0 ? 1 : min(limits.minimum - samples.whole.count, 1_000),
                maximum: limits.maximum - samples.whole.count, nanoseconds: min(max(left, 0), length))
            if samples.whole.count >= 10 * readings.count { try session.run(inputs, into: outputs) }
            try collect(block, into: &samples, isCancelled: isCancelled)
            readings.append(MachineReading.now(samples: samples.whole.count))
            spent += elapsed
            let isOver = spent >= limits.nanoseconds && samples.whole.count >= limits.minimum
            if isOver || samples.whole.count >= limits.maximum { break }
        }
        (began, elapsed, count) = (begin, spent, samples.whole.count)
    }

    private mutating func loop(
        _ limits: Limits, isCancelled: () -> Bool, keep: (Int64, Int64?) -> Void
    ) throws(EngineError) {
        count = 0
        let begin = MonotonicClock.now()
        began = begin
        let deadline = begin &+ max(limits.nanoseconds, 0)
        guard limits.minimum > 0 || limits.nanoseconds > 0 else { return }
        while true {
            let (detour, moved) = (session.detour, session.transfer)
            let start = clock.now()
            for _ in 0..<batch {
                try session.run(inputs, into: outputs)
                if added > 0 { spin() }
            }
            let taken = clock.now() - start
            // The clock of processor time is the engine's own, which is not on the way.
            keep(
                clock == .wall ? taken - (session.detour - detour) : taken, session.transfer.map { $0 - (moved ?? 0) })
            let end = MonotonicClock.now()
            count += 1
            elapsed = end - begin
            if count >= limits.maximum || (count >= limits.minimum && end >= deadline) { return }
            if isCancelled() {
                throw EngineError(.cancelled, subject: "measure", reason: "cancelled after \(count) samples")
            }
        }
    }

    /// Keeps the processor busy without touching memory.
    private func spin() {
        let end = MonotonicClock.now() &+ added
        while MonotonicClock.now() < end {}
    }
}
