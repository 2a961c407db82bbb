import Engines
import Measurement

/// The trials of a search for the highest rate of scheduled arrivals at which a percentile of the response time keeps a bound.
///
/// Each rate is decided by MLPerf's early stopping, on a run that is lengthened while it is undecided and ended when it is
/// hopeless. Several workers may share the arrivals: each then has a schedule of its own at its share of the rate, and the
/// queries that were due while all of them ran are judged together.
struct RateTrials {
    /// When the percentile keeps its bound.
    let rule: EarlyStopping
    /// The bound of the response time.
    let bound: Duration
    /// The share by which the ends of the interval may differ.
    let precision: Double
    /// With how many queries a rate is tried first; as many as the percentile takes with two over the bound where `nil`.
    let queries: Int?
    /// How long one run goes on at most.
    let longest: Duration

    /// One run at a rate, of one or several workers.
    struct Trial: Sendable {
        /// Queries a second of all workers together.
        let rate: Double
        /// Queries of all workers together.
        let queries: Int
        /// After how many queries over the bound one worker alone decides the run.
        let mostOverBound: Int
        /// The number of the rate, from 0.
        let number: Int
    }

    /// What one worker answered, and how far its clock was ahead of this machine's meanwhile.
    struct Answer: Sendable {
        let response: ScenarioJob.Response
        var clock = ClockOffset.same
    }

    /// What was found.
    struct Result: Sendable {
        var search: RateSearch
        /// The answers of the last run at the highest rate that held; empty where none did.
        var held: [Answer] = []
    }

    /// Searches the rate.
    ///
    /// - Parameters:
    ///   - start: the first rate that is tried.
    ///   - alone: what one thread of one worker answered in a closed loop, with nobody beside it.
    ///   - run: carries a trial out, with one answer a worker.
    func search(
        from start: Double, alone: ScenarioJob.Response,
        _ run: (Trial) async throws(WorkerError) -> [Answer]
    ) async throws(WorkerError) -> Result {
        var result = Result(search: RateSearch(from: start, precision: precision))
        if Pool([Answer(response: alone)], bound: bound.wholeNanoseconds).decision(rule) == .fails {
            // Waiting only adds to service times that break the bound by themselves.
            result.search.record(start, .fails)
            return result
        }
        while let rate = result.search.next, !Task.isCancelled {
            let (decision, answers) = try await decide(rate, number: result.search.trials.count, run)
            result.search.record(rate, decision)
            if decision == .holds, result.search.highestHeld == rate { result.held = answers }
        }
        return result
    }

    /// Lengthens the run of a rate until the bound is decided, or until it would take too long.
    private func decide(
        _ rate: Double, number: Int, _ run: (Trial) async throws(WorkerError) -> [Answer]
    ) async throws(WorkerError) -> (BoundDecision, [Answer]) {
        let affordable = rate * (longest / .seconds(1))
        // Where even queries that all keep the bound would not be enough, one try with a few is.
        let least = number == 0 ? 10 : rule.minimumQueries(overLatency: 0)
        guard affordable >= Double(least) else { return (.undecided, []) }
        var queries = queries ?? rule.minimumQueries(overLatency: 2)
        for _ in 0..<4 {
            let answers = try await run(
                Trial(
                    rate: rate, queries: queries,
                    mostOverBound: rule.overLatencyThatFails(queries: queries) ?? .max, number: number))
            let pool = Pool(answers, bound: bound.wholeNanoseconds)
            let decision = pool.decision(rule)
            if decision != .undecided {
                // A late generator can only do harm: a bound that holds all the same does hold.
                return (decision == .holds || pool.isPunctual ? decision : .undecided, answers)
            }
            // With the time over, more queries would not fit either.
            guard !pool.isOutOfTime, Double(queries) * 2 < affordable, queries * 2 <= ScenarioJob.mostQueries else {
                break
            }
            queries *= 2
        }
        return (.undecided, [])
    }
}
