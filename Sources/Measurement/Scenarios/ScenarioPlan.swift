import Engines
import Tensors

/// Turns a request into what threads do: draws the schedule, and finds how many queries there can be.
struct ScenarioPlan {
    let serving: ServingRun<MachineServingClock>.Plan

    /// Makes the plan.
    ///
    /// - Parameter pace: the time of the shortest run, in nanoseconds.
    /// - Throws: `EngineError` of code `invalidRequest` for a rate or times that make no schedule.
    init(_ request: ScenarioJob.Request, pace: Int64) throws(EngineError) {
        var plan = ServingRun<MachineServingClock>.Plan()
        plan.nanoseconds = max(request.leastNanoseconds, 0)
        plan.queries = min(request.leastQueries, request.mostQueries)
        plan.mostQueries = request.mostQueries
        plan.mostNanoseconds = max(request.mostNanoseconds, 0)
        plan.runsPerQuery = request.runsPerQuery
        plan.bound = request.boundNanoseconds
        plan.mostOverBound = request.mostOverBound
        switch request.demand {
        case .afterAnswer, .atOnce:
            if case .atOnce = request.demand { plan.countsFromStart = true }
            // Twice what the shortest run allows: a thread that finds no place for its times stops.
            let rate = 2 * Double(request.servers) / (Double(pace) * Double(request.runsPerQuery))
            let most = rate * Double(min(plan.nanoseconds, plan.mostNanoseconds)) + Double(plan.queries)
            plan.mostQueries = most < Double(plan.mostQueries) ? max(Int(most), 1) : plan.mostQueries
        case .drawn(let arrivals, let rate, let burst, let seed):
            let extent = ArrivalSchedule.Extent(
                nanoseconds: plan.nanoseconds, queries: plan.queries, mostQueries: plan.mostQueries)
            plan.schedule = try Self.within(
                plan, ArrivalSchedule(arrivals, rate: rate, burst: burst, extent: extent, seed: seed))
        case .given(let offsets):
            plan.schedule = try Self.within(
                plan, (try? offsets.tensor.values(of: Int64.self)).flatMap { ArrivalSchedule(offsets: $0) })
        }
        serving = plan
    }

    private static func within(
        _ plan: ServingRun<MachineServingClock>.Plan, _ schedule: ArrivalSchedule?
    ) throws(EngineError) -> [Int64] {
        guard let offsets = schedule?.prefix(plan.mostQueries, until: plan.mostNanoseconds).offsets, !offsets.isEmpty
        else {
            throw EngineError(
                .invalidRequest, subject: "scenario", reason: "no query arrives in the time",
                remedy: "give a rate above 0, or times in nanoseconds that never decrease")
        }
        return offsets
    }
}
