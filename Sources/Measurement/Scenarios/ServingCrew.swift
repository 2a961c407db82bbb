import Engines
import Synchronization
import Tensors

/// The threads of a scenario: each makes its session and warms it up, and all begin together.
final class ServingCrew<Clock: ServingClock>: Sendable {
    private struct State {
        var failure: EngineError?
        var before: WorkerStatus?
        var reading: MachineReading?
        var warmups: [WarmUpReport] = []
        /// They live as long as the crew: what a session in another process used is gone from the kernel's books with it.
        var sessions: [Made] = []
    }

    private let run: ServingRun<Clock>
    private let model: any PreparedModel
    private let request: ScenarioJob.Request
    private let clock: Clock
    private let state = Mutex(State())
    /// Engines are told to make sessions one after the other.
    private let making = Mutex(())
    private let ready = Atomic<Int>(0)
    /// Threads whose warm-up is over.
    private let warm = Atomic<Int>(0)
    private let begin = Atomic<Int64>(0)

    init(_ run: ServingRun<Clock>, model: any PreparedModel, request: ScenarioJob.Request, clock: Clock) {
        self.run = run
        self.model = model
        self.request = request
        self.clock = clock
    }

    /// The time of the clock at which the run began.
    var origin: Int64 { begin.load(ordering: .acquiring) }

    /// The first failure of an engine.
    var failure: EngineError? { state.withLock { $0.failure } }

    /// What the process had used when the run began.
    var before: WorkerStatus? { state.withLock { $0.before } }

    /// What was read of the machine when the run began.
    var reading: MachineReading? { state.withLock { $0.reading } }

    /// How the warm-up of the threads went; `nil` where none ended.
    var warmup: WarmUpReport? { state.withLock { WarmUpReport(joining: $0.warmups) } }

    /// The work of one thread.
    func work(server: Int) {
        // Lists of its own: threads that count references to one list slow each other down.
        let inputs = request.inputs.map { $0.map(\.tensor) }
        let outputs = OutputSlots(count: model.outputs.count)
        do throws(EngineError) {
            let session: any Session
            do throws(EngineError) {
                session = try makeSession()
                try warmUp(session, inputs, outputs)
            } catch {
                // The others are waiting for this one.
                run.end(.failed)
                _ = ready.add(1, ordering: .acquiringAndReleasing)
                throw error
            }
            let origin = start()
            _ = clock.wait(until: origin) { true }
            try run.serve(session, inputs, into: outputs, server: server, origin: origin)
        } catch {
            state.withLock { $0.failure = $0.failure ?? error }
        }
    }

    private func makeSession() throws(EngineError) -> any Session {
        let result = making.withLock { _ -> Made in
            do throws(EngineError) { return Made(session: .success(try model.makeSession())) } catch {
                return Made(session: .failure(error))
            }
        }
        state.withLock { $0.sessions.append(result) }
        return try result.session.get()
    }

    /// A session on its way out of the lock, to the thread that made it and that alone uses it.
    private struct Made: @unchecked Sendable { var session: Result<any Session, EngineError> }

    /// Runs inputs in turn until the run times have settled, and each shape once at least: memory for it is made on its first
    /// run.
    ///
    /// A thread that has settled goes on until all have, for as long as it was granted: threads slow each other down, and
    /// each is to settle beside the others.
    private func warmUp(_ session: any Session, _ inputs: [[Tensor]], _ outputs: OutputSlots) throws(EngineError) {
        let begin = MonotonicClock.now()
        var seen: Set<[Shape]> = []
        for given in inputs where seen.insert(given.map(\.shape)).inserted {
            try session.run(given, into: outputs)
        }
        let cap = max(request.warmupNanoseconds, 0)
        var settling = Settling(cap: cap, period: seen.count > 1 ? inputs.count : 1)
        var isWarm = false
        var runs = 0
        while run.stopped == .none {
            let start = MonotonicClock.now()
            try session.run(inputs[runs % inputs.count], into: outputs)
            let end = MonotonicClock.now()
            runs += 1
            if !isWarm, let report = settling.add(CollectionOfOne(end - start), nanoseconds: end - start) {
                isWarm = true
                state.withLock { $0.warmups.append(report) }
                _ = warm.add(1, ordering: .relaxed)
            }
            if isWarm, warm.load(ordering: .relaxed) >= request.servers || end - begin >= cap { return }
        }
    }

    /// Waits for all threads; the last one says when the run begins, shortly after, so that all are there.
    private func start() -> Int64 {
        if ready.add(1, ordering: .acquiringAndReleasing).newValue == request.servers {
            let status = EngineProcesses.status()
            let reading = MachineReading.now()
            state.withLock {
                $0.before = status
                $0.reading = reading
            }
            begin.store(clock.now() + 1_000_000, ordering: .releasing)
        }
        while true {
            let origin = begin.load(ordering: .acquiring)
            if origin != 0 { return origin }
            // A thread that failed is no longer counted on to be the last.
            if run.stopped != .none, ready.load(ordering: .acquiring) >= request.servers { return clock.now() }
            MonotonicClock.sleep(nanoseconds: 100_000)
        }
    }
}
