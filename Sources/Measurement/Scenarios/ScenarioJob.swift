public import Engines
import Synchronization
import Tensors

/// A scenario of load, inside the worker: queries come by a schedule or after answers, threads with sessions of their own
/// answer them, and the time from when each was due is kept beside the time that the engine took.
public enum ScenarioJob: WorkerJob {
    /// `scenario`.
    public static let name = "scenario"

    /// The most queries of one run.
    public static let mostQueries = QueryLog.mostQueries

    /// The most threads that answer queries.
    public static let mostServers = 256

    /// The most runs of the model that answer one query.
    public static let mostRunsPerQuery = 1_000_000

    private static let mostNeighbours = 1_000_000

    /// Runs the scenario.
    public static func run(_ request: Request, in context: JobContext<Never>) throws(EngineError) -> Response {
        let model = try context.model(request.model)
        try check(request, model)
        let clock = MachineServingClock.calibrated(
            busy: (request.servers - 1) * max(model.effectiveOptions.threads, 1) + request.neighbours)
        let plan = try ScenarioPlan(request, pace: try pace(request, context)).serving
        let run = ServingRun(plan, clock: clock)
        let crew = ServingCrew(run, model: model, request: request, clock: clock)
        ServingThreads.run(
            request.servers, flushesDenormals: model.effectiveOptions.flushDenormals,
            poll: { if context.isCancelled { run.end(.cancelled) } }, body: { crew.work(server: $0) })
        let after = EngineProcesses.status()
        let readings = [crew.reading, MachineReading.now(samples: run.countAnswered)].compactMap(\.self)
        if let failure = crew.failure { throw failure }
        if run.stopped == .cancelled {
            throw EngineError(.cancelled, subject: "scenario", reason: "cancelled after \(run.countAnswered) queries")
        }
        var response = try response(run, request, crew: crew, clock: clock, after: after)
        response.readings = readings
        return response
    }

    private static func check(_ request: Request, _ model: any PreparedModel) throws(EngineError) {
        guard !request.inputs.isEmpty else {
            throw EngineError(.invalidInput, subject: "scenario", reason: "there is nothing to run the model on")
        }
        for given in request.inputs where given.count != model.inputs.count {
            throw EngineError(
                .invalidInput, subject: "scenario",
                reason: "the model has \(model.inputs.count) inputs and was given \(given.count)")
        }
        guard (1...mostServers).contains(request.servers), (0...mostNeighbours).contains(request.neighbours),
            (1...mostRunsPerQuery).contains(request.runsPerQuery), request.leastQueries > 0,
            (1...QueryLog.mostQueries).contains(request.mostQueries), request.judged > 0, request.judged < 1
        else {
            throw EngineError(
                .invalidRequest, subject: "scenario", reason: "a number is out of its range",
                remedy: "give 1 to \(mostServers) threads, at most \(QueryLog.mostQueries) queries, a share in (0, 1)")
        }
    }

    /// The time of the shortest of some runs, in nanoseconds: without a schedule it says how much memory the times take.
    private static func pace(_ request: Request, _ context: JobContext<Never>) throws(EngineError) -> Int64 {
        let session = try context.session(request.model)
        let outputs = OutputSlots(count: try context.model(request.model).outputs.count)
        let inputs = request.inputs.map { $0.map(\.tensor) }
        let begin = MonotonicClock.now()
        var least = Int64.max
        for run in 0..<20 where MonotonicClock.now() - begin < 200_000_000 {
            let start = MonotonicClock.now()
            try session.run(inputs[run % inputs.count], into: outputs)
            least = min(least, MonotonicClock.now() - start)
        }
        return max(least, 1)
    }

    private static func response(
        _ run: ServingRun<MachineServingClock>, _ request: Request, crew: ServingCrew<MachineServingClock>,
        clock: MachineServingClock, after: WorkerStatus
    ) throws(EngineError) -> Response {
        let times = QueryTimes(run, origin: crew.origin)
        guard let response = LatencySummary(times.responses, percentiles: request.percentiles),
            let service = LatencySummary(times.services, percentiles: request.percentiles),
            let lateness = LatencySummary(times.lateness, percentiles: request.percentiles),
            let audit = GeneratorAudit(
                times, servers: request.servers, percentile: request.judged, limit: request.latenessLimit),
            let before = crew.before
        else {
            throw EngineError(
                .runFailed, subject: "scenario", reason: "no query was answered within the time",
                remedy: "grant a longer time")
        }
        let overBound = run.countOverBound
        return Response(
            times,
            Response.Parts(
                servers: request.servers, begin: crew.origin, unanswered: unanswered(run, times),
                ending: ending(run, times, request), warmup: crew.warmup,
                response: response, service: service, lateness: lateness, audit: audit, overBound: overBound,
                decision: request.boundNanoseconds.flatMap { _ in EarlyStopping(percentile: request.judged) }.map {
                    BoundDecision($0, queries: times.count, overBound: overBound)
                }, spin: clock.spin, before: before, after: after, keptQueries: request.keptQueries))
    }

    /// Queries that were due when the last answer came and had not been begun.
    private static func unanswered(_ run: ServingRun<MachineServingClock>, _ times: QueryTimes) -> Int {
        guard let schedule = run.plan.schedule, run.stopped != .none else { return 0 }
        let end = times.elapsed
        return max(0, schedule.prefix(run.log.capacity).count { $0 <= end } - times.count)
    }

    private static func ending(
        _ run: ServingRun<MachineServingClock>, _ times: QueryTimes, _ request: Request
    ) -> Ending {
        switch run.stopped {
        case .decided: .decided
        case .time: .time
        default:
            run.plan.schedule == nil && times.count >= run.log.capacity && times.elapsed < request.leastNanoseconds
                ? .queries : .complete
        }
    }
}
