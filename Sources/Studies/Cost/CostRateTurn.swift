import Assets
import Engines
import Measurement
import Records
import Tensors

/// One configuration's turn at a bound of the response time.
///
/// It finds the highest rate of Poisson arrivals at which a percentile keeps the bound. Workers share the arrivals, each
/// with a Poisson schedule of its own at its part of the rate.
struct CostRateTurn: Sendable {
    let spec: CostSpec
    let bound: Duration
    let inputs: [NamedTensor]
    let entry: CostEntry
    let context: StudyContext

    /// Searches the rate; `nil` for a percentile that no rule knows.
    func run(_ crew: CostCrew, settling: Duration) async throws(WorkerError) -> CostEntry.Turn? {
        let seats = crew.seats
        guard let rule = EarlyStopping(percentile: spec.percentile / 100), let first = seats.first else { return nil }
        let alone = try await perform(closedLoop(first), first)
        let capacity =
            seats.count == 1
            ? alone.queriesPerSecond
            : try await seats.together { seat, _ async throws(WorkerError) in
                try await perform(closedLoop(seat), seat).queriesPerSecond
            }.reduce(0, +)
        await seats.settle(settling)
        let trials = RateTrials(
            rule: rule, bound: bound, precision: spec.precision, queries: nil, longest: spec.longest)
        let found = try await trials.search(from: capacity / 2, alone: alone) { trial async throws(WorkerError) in
            context.progress.report(
                .began(
                    "\(entry.system), \(entry.configuration.words), trying \(LoadUnit.rate.format(trial.rate))"))
            let answers = try await crew.together { post, number async throws(WorkerError) in
                try await perform(request(trial, post.seat, number, of: seats.count), post.seat)
            }
            await seats.settle(settling)
            return answers.map { RateTrials.Answer(response: $0.value, clock: $0.clock) }
        }
        return CostEntry.Turn(
            throughput: found.search.highestHeld ?? 0,
            runs: found.held.flatMap { $0.response.times(isScheduled: true).responses }, search: found.search,
            uncertainty: found.held.map(\.clock.uncertainty).max() ?? 0)
    }

    private func closedLoop(_ seat: StackSeat) -> ScenarioJob.Request {
        var request = ScenarioJob.Request(
            model: seat.loaded.id, inputs: [seat.ordered(inputs)], demand: .afterAnswer)
        request.leastNanoseconds = spec.burst.wholeNanoseconds
        request.leastQueries = 10
        return judged(request)
    }

    private func request(
        _ trial: RateTrials.Trial, _ seat: StackSeat, _ number: Int, of workers: Int
    ) -> ScenarioJob.Request {
        // Schedules of their own for every process, rate and worker.
        let seed =
            UInt64(truncatingIfNeeded: spec.seed) &* 1_000_003
            &+ UInt64(entry.processes.count &* 100_000 &+ trial.number &* 1000 &+ number)
        var request = ScenarioJob.Request(
            model: seat.loaded.id, inputs: [seat.ordered(inputs)],
            demand: .drawn(.poisson, rate: trial.rate / Double(workers), burst: 1, seed: seed))
        request.neighbours = (entry.configuration.workers - 1) * entry.configuration.threads
        request.leastNanoseconds = 0
        request.leastQueries = (trial.queries + workers - 1) / workers
        request.mostQueries = request.leastQueries
        request.mostOverBound = trial.mostOverBound
        request.keptQueries = request.leastQueries
        return judged(request)
    }

    private func judged(_ request: ScenarioJob.Request) -> ScenarioJob.Request {
        var request = request
        request.warmupNanoseconds = spec.warmup.wholeNanoseconds / 10
        request.mostNanoseconds = spec.longest.wholeNanoseconds
        request.boundNanoseconds = bound.wholeNanoseconds
        request.judged = spec.percentile / 100
        request.percentiles = [request.judged]
        return request
    }

    private func perform(
        _ request: ScenarioJob.Request, _ seat: StackSeat
    ) async throws(WorkerError) -> ScenarioJob.Response {
        try await seat.client.perform(
            ScenarioJob.self, request, limit: spec.longest * 2 + spec.warmup * 4 + spec.limits.run * 2)
    }
}
