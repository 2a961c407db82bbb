public import Engines
public import Tensors

extension ScenarioJob {
    /// How queries come.
    public enum Demand: Codable, Sendable {
        /// The next query comes when a thread is free: single stream, multi stream, closed loop.
        case afterAnswer
        /// All queries are there at the start: offline.
        case atOnce
        /// Queries come at times drawn from a process of a mean rate, in queries a second.
        case drawn(Arrivals, rate: Double, burst: Int, seed: UInt64)
        /// Queries come at given times, in nanoseconds from the start.
        case given(AttachedTensor)
    }

    /// What to run, and for how long.
    public struct Request: Codable, Sendable {
        /// The worker's number of the model.
        public var model: Int
        /// What runs of the model are given in turn, at least one: each a tensor for each input, in order.
        public var inputs: [[AttachedTensor]]
        /// How queries come.
        public var demand: Demand
        /// Threads that answer queries, each with a session of its own.
        public var servers = 1
        /// Threads of other workers that compute while this one waits for a query.
        public var neighbours = 0
        /// Runs of the model that answer one query.
        public var runsPerQuery = 1
        /// How long each thread runs at most before the first query counts, in nanoseconds; it ends earlier once the run times
        /// of all threads have settled, and runs twice at least.
        public var warmupNanoseconds: Int64 = 200_000_000
        /// The least time from the start to the last query, in nanoseconds.
        public var leastNanoseconds: Int64 = 10_000_000_000
        /// The least number of queries.
        public var leastQueries = 100
        /// The most queries, at most 5,000,000.
        public var mostQueries = QueryLog.mostQueries
        /// After how long the run is stopped, whatever is left to do, in nanoseconds.
        public var mostNanoseconds: Int64 = 600_000_000_000
        /// The bound of the response time, in nanoseconds; `nil` where there is none.
        public var boundNanoseconds: Int64?
        /// After how many queries over the bound the run is stopped, since it is decided.
        public var mostOverBound = Int.max
        /// The percentile that is judged and audited, as a share.
        public var judged = 0.99
        /// The percentiles that are told, as shares.
        public var percentiles = [0.5, 0.9, 0.95, 0.97, 0.99, 0.999]
        /// The largest share of the judged figure that may be the generator's.
        public var latenessLimit = GeneratorAudit.usualLimit
        /// How many queries keep their times, from the first.
        public var keptQueries = 100_000

        /// Makes a request.
        public init(model: Int, inputs: [[Tensor]], demand: Demand) {
            self.model = model
            self.inputs = inputs.map { $0.map(AttachedTensor.init) }
            self.demand = demand
        }
    }

    /// Why a run ended before all was done.
    public enum Ending: String, Codable, Sendable, Hashable {
        /// It did not: all was done.
        case complete
        /// So many queries were over the bound that it is decided.
        case decided
        /// It reached the longest time that was granted.
        case time
        /// It reached the largest number of queries before the least time was over.
        case queries
    }

    /// What came out.
    public struct Response: Codable, Sendable {
        /// Queries that were answered.
        public var queries: Int
        /// Queries that were due by the end of the run and were not begun: the queue that was left.
        public var unanswered: Int
        /// When the run began, on the monotonic clock, which all workers of a machine share.
        public var beginNanoseconds: Int64
        /// Time from the start to the last answer, in nanoseconds.
        public var elapsedNanoseconds: Int64
        /// Why the run ended.
        public var ending: Ending
        /// How the warm-up of all threads went, which ran together.
        public var warmup: WarmUpReport?
        /// From when queries were due until they were answered.
        public var response: LatencySummary
        /// From when the engine was given queries until they were answered.
        public var service: LatencySummary
        /// How much later than it could have the generator gave queries to the engine.
        public var lateness: LatencySummary
        /// Whether the run shows the engine or the generator.
        public var audit: GeneratorAudit
        /// Queries whose response time was over the bound.
        public var overBound: Int
        /// How many decisions on the bound the answered queries allow.
        public var decision: BoundDecision?
        /// The share of the time in which the threads ran the model.
        public var busyShare: Double
        /// How long a thread spins before a query is due, in nanoseconds.
        public var spinNanoseconds: Int64
        /// What the worker's process had used before the first query.
        public var before: WorkerStatus
        /// What it had used after the last one.
        public var after: WorkerStatus
        /// What was read of process and machine before the first query and after the last one.
        public var readings: [MachineReading] = []
        private var kept: AttachedTensor

        init(_ times: QueryTimes, _ parts: Parts) {
            queries = times.count
            unanswered = parts.unanswered
            beginNanoseconds = parts.begin
            elapsedNanoseconds = times.elapsed
            ending = parts.ending
            warmup = parts.warmup
            response = parts.response
            service = parts.service
            lateness = parts.lateness
            audit = parts.audit
            overBound = parts.overBound
            decision = parts.decision
            let available = Double(times.elapsed) * Double(parts.servers)
            busyShare = available > 0 ? times.services.reduce(0) { $0 + Double($1) } / available : 0
            spinNanoseconds = parts.spin
            before = parts.before
            after = parts.after
            kept = AttachedTensor(Self.packed(times, first: parts.keptQueries))
        }

        /// What is said of a run beside its times.
        struct Parts {
            var servers: Int
            var begin: Int64
            var unanswered: Int
            var ending: Ending
            var warmup: WarmUpReport?
            var response: LatencySummary
            var service: LatencySummary
            var lateness: LatencySummary
            var audit: GeneratorAudit
            var overBound: Int
            var decision: BoundDecision?
            var spin: Int64
            var before: WorkerStatus
            var after: WorkerStatus
            var keptQueries: Int
        }

        /// Queries a second, from the start to the last answer.
        public var queriesPerSecond: Double {
            elapsedNanoseconds > 0 ? Double(queries) * 1e9 / Double(elapsedNanoseconds) : 0
        }

        /// The service times as a series that can be certified, with the readings where one thread ran without a break.
        ///
        /// - Parameter isScheduled: whether a schedule said when queries were due.
        public func stretch(isScheduled: Bool) -> MeasuredStretch {
            let times = times(isScheduled: isScheduled)
            let isUnbroken = !isScheduled && times.count == queries && !times.server.contains { $0 != 0 }
            return MeasuredStretch(samples: times.services, readings: isUnbroken ? readings : [])
        }

        private static func packed(_ times: QueryTimes, first count: Int) -> Tensor {
            let kept = 0..<min(max(count, 0), times.count)
            var values: [Int64] = []
            values.reserveCapacity(5 * kept.count)
            for list in [times.scheduled, times.free, times.start, times.end] { values += list[kept] }
            values += times.server[kept].map(Int64.init)
            return Tensor(values)
        }

        /// The times of the queries that were kept, in the order in which they were due.
        ///
        /// - Parameter isScheduled: whether a schedule said when queries were due.
        public func times(isScheduled: Bool) -> QueryTimes {
            let values: [Int64] = (try? kept.tensor.values()) ?? []
            let count = values.count / 5
            var times = QueryTimes(isScheduled: isScheduled)
            for index in 0..<count {
                times.append(
                    scheduled: values[index], free: values[count + index], start: values[2 * count + index],
                    end: values[3 * count + index], server: Int(values[4 * count + index]))
            }
            return times
        }
    }
}
