package import Engines
import Synchronization
package import Tensors

/// A run of a scenario: threads that take queries, one after the other, and write down when.
///
/// All threads draw from one queue: a thread that is free takes the next query, waits until it is due, and answers it. With
/// a schedule this is a queue that serves first come, first served with as many servers as threads. Between its first and
/// its last query a thread neither allocates nor takes a lock.
package final class ServingRun<Clock: ServingClock>: Sendable {
    /// What is run, and for how long.
    package struct Plan: Sendable {
        /// When queries are due, in nanoseconds from the start; `nil` where the next one is due when a thread is free.
        package var schedule: [Int64]?
        /// How long to go on without a schedule, in nanoseconds.
        package var nanoseconds: Int64 = 0
        /// How many queries to answer at least without a schedule.
        package var queries = 1
        /// How many queries to answer at most.
        package var mostQueries = 1
        /// After how much time to stop, whatever is left to do, in nanoseconds.
        package var mostNanoseconds: Int64 = .max
        /// Runs of the model that answer one query.
        package var runsPerQuery = 1
        /// The response time over which a query counts as late, in nanoseconds; `nil` where none is counted.
        package var bound: Int64?
        /// After how many queries over the bound to stop, since the run is decided.
        package var mostOverBound = Int.max
        /// True where the response time counts from the start of the run, as for a batch of queries that is all there.
        package var countsFromStart = false

        /// Makes a plan of one query.
        package init() {}
    }

    /// Why a run ended before its plan was done.
    package enum Stop: Int, Sendable {
        case none
        /// Nobody wants it any more.
        case cancelled
        /// A thread's engine failed.
        case failed
        /// So many queries were over the bound that the run is decided.
        case decided
        /// It took too long.
        case time
    }

    package let plan: Plan
    package let log: QueryLog
    private let clock: Clock
    private let next = Atomic<Int>(0)
    private let overBound = Atomic<Int>(0)
    private let stop = Atomic<Int>(Stop.none.rawValue)

    /// Makes a run, and the memory of its log.
    package init(_ plan: Plan, clock: Clock) {
        self.plan = plan
        self.clock = clock
        let most = plan.schedule.map { min($0.count, plan.mostQueries) } ?? plan.mostQueries
        log = QueryLog(capacity: most)
    }

    /// Queries that took longer than the bound so far.
    package var countOverBound: Int { overBound.load(ordering: .relaxed) }

    /// Queries whose times are written down.
    package var countAnswered: Int { (0..<log.capacity).count { log[$0] != nil } }

    /// Why the run ended early.
    package var stopped: Stop { Stop(rawValue: stop.load(ordering: .relaxed)) ?? .none }

    /// Ends the run after the queries that are being answered; the first reason stays.
    package func end(_ reason: Stop) {
        _ = stop.compareExchange(
            expected: Stop.none.rawValue, desired: reason.rawValue, ordering: .relaxed)
    }

    /// Answers queries on this thread until there is none left.
    ///
    /// - Parameters:
    ///   - inputs: what runs are given in turn, at least one.
    ///   - origin: the time of the clock at which the run began.
    /// - Throws: `EngineError` when the engine fails; the other threads then stop too.
    package func serve(
        _ session: any Session, _ inputs: [[Tensor]], into outputs: OutputSlots, server: Int, origin: Int64
    ) throws(EngineError) {
        do throws(EngineError) {
            if let schedule = plan.schedule {
                try follow(schedule, session, inputs, outputs, server, origin)
            } else {
                try repeatQueries(session, inputs, outputs, server, origin)
            }
        } catch {
            end(.failed)
            throw error
        }
    }

    /// Queries that are due at their times.
    private func follow(
        _ schedule: [Int64], _ session: any Session, _ inputs: [[Tensor]], _ outputs: OutputSlots, _ server: Int,
        _ origin: Int64
    ) throws(EngineError) {
        var free = origin
        while true {
            let query = next.add(1, ordering: .relaxed).oldValue
            guard query < log.capacity else { return }
            let due = origin &+ schedule[query]
            let start = clock.wait(until: due) { stop.load(ordering: .relaxed) == Stop.none.rawValue }
            guard isWanted(at: start, origin) else { return }
            let end = try answer(query, session, inputs, outputs)
            log.write(query, free: free, start: start, end: end, server: server)
            count(end &- due)
            free = session.detour == 0 ? end : clock.now()
        }
    }

    /// Queries that are due when a thread is free.
    private func repeatQueries(
        _ session: any Session, _ inputs: [[Tensor]], _ outputs: OutputSlots, _ server: Int, _ origin: Int64
    ) throws(EngineError) {
        var free = origin
        while true {
            let query = next.add(1, ordering: .relaxed).oldValue
            guard query < log.capacity, query < plan.queries || free &- origin < plan.nanoseconds,
                isWanted(at: free, origin)
            else { return }
            let start = clock.now()
            let end = try answer(query, session, inputs, outputs)
            log.write(query, free: free, start: start, end: end, server: server)
            count(end &- (plan.countsFromStart ? origin : start))
            free = session.detour == 0 ? end : clock.now()
        }
    }

    /// Runs the model on the inputs whose turn it is, whichever thread the query is on, and says when the engine was done:
    /// the way to an engine in another process belongs to no query.
    @inline(__always)
    private func answer(
        _ query: Int, _ session: any Session, _ inputs: [[Tensor]], _ outputs: OutputSlots
    ) throws(EngineError) -> Int64 {
        let first = query &* plan.runsPerQuery
        let detour = session.detour
        for run in 0..<plan.runsPerQuery { try session.run(inputs[(first &+ run) % inputs.count], into: outputs) }
        return clock.now() &- (session.detour &- detour)
    }

    @inline(__always)
    private func isWanted(at time: Int64, _ origin: Int64) -> Bool {
        if time &- origin > plan.mostNanoseconds { end(.time) }
        return stop.load(ordering: .relaxed) == Stop.none.rawValue
    }

    @inline(__always)
    private func count(_ response: Int64) {
        guard let bound = plan.bound, response > bound else { return }
        if overBound.add(1, ordering: .relaxed).newValue > plan.mostOverBound { end(.decided) }
    }
}
