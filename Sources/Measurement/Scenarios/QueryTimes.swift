import Engines

/// The times of the queries of a run, in the order in which they were taken, in nanoseconds from its start.
public struct QueryTimes: Sendable, Hashable {
    /// When each query was due.
    public internal(set) var scheduled: [Int64] = []
    /// When the thread that took it had become free.
    public internal(set) var free: [Int64] = []
    /// When the engine was given it.
    public internal(set) var start: [Int64] = []
    /// When the engine had answered it.
    public internal(set) var end: [Int64] = []
    /// The number of the thread.
    public internal(set) var server: [Int] = []

    /// True where a schedule says when queries are due, false where one is due as soon as a thread is free.
    public let isScheduled: Bool

    /// Makes an empty list.
    public init(isScheduled: Bool) { self.isScheduled = isScheduled }

    /// Reads what a run wrote down.
    ///
    /// A query without a schedule was due when it was given to the engine, as in MLPerf's LoadGen, or at the start of the
    /// run where all queries were there from the start.
    package init<Clock>(_ run: ServingRun<Clock>, origin: Int64) {
        let plan = run.plan
        isScheduled = plan.schedule != nil
        for query in 0..<run.log.capacity {
            guard let entry = run.log[query] else { continue }
            let start = entry.start - origin
            append(
                scheduled: plan.schedule.map { $0[query] } ?? (plan.countsFromStart ? 0 : start),
                free: entry.free - origin, start: start, end: entry.end - origin, server: entry.server)
        }
    }

    package mutating func append(scheduled: Int64, free: Int64, start: Int64, end: Int64, server: Int) {
        self.scheduled.append(scheduled)
        self.free.append(free)
        self.start.append(start)
        self.end.append(end)
        self.server.append(server)
    }

    /// How many queries there are.
    public var count: Int { end.count }

    /// From when each query was due until it was answered: what its caller waits.
    public var responses: [Int64] { zip(end, scheduled).map { $0 - $1 } }

    /// From when the engine was given each query until it was answered.
    public var services: [Int64] { zip(end, start).map { $0 - $1 } }

    /// How much later than it could have the generator gave each query to the engine: neither before it was due nor while
    /// its thread was busy could it.
    public var lateness: [Int64] {
        (0..<count).map { start[$0] - (isScheduled ? max(scheduled[$0], free[$0]) : free[$0]) }
    }

    /// From the start of the run to the last answer.
    public var elapsed: Int64 { end.max() ?? 0 }
}
