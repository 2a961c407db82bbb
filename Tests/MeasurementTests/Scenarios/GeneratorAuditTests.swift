import Engines
import Foundation
import Measurement
import Tensors
import Testing

/// The audit of the load generator, with controls on both sides.
@Suite struct GeneratorAuditTests {
    /// One server, 1 ms a query, Poisson arrivals at half of its capacity, and a clock that oversleeps as told.
    private func audit(
        service: Int64 = 1_000_000, percentile: Double = 0.99, oversleep: @escaping @Sendable (Int) -> Int64
    ) throws -> GeneratorAudit {
        let extent = ArrivalSchedule.Extent(nanoseconds: 0, queries: 20_000, mostQueries: 20_000)
        let schedule = try #require(ArrivalSchedule(.poisson, rate: 500, extent: extent, seed: 17)).offsets
        let clock = VirtualTime(oversleep: oversleep)
        var plan = ServingRun<VirtualTime>.Plan()
        plan.schedule = schedule
        plan.mostQueries = schedule.count
        let run = ServingRun(plan, clock: clock)
        let origin = clock.now()
        try run.serve(
            VirtualSession(clock) { _ in service }, [[]], into: OutputSlots(count: 0), server: 0, origin: origin)
        return try #require(GeneratorAudit(QueryTimes(run, origin: origin), servers: 1, percentile: percentile))
    }

    @Test func aPunctualGeneratorPasses() throws {
        let audit = try audit { _ in 0 }
        #expect(audit.share == 0 && audit.isPassed && audit.greatestLateness == 0)
        #expect(audit.response == audit.punctualResponse)
    }

    @Test func slightLatenessPasses() throws {
        let audit = try audit { _ in 20_000 }
        #expect(audit.isPassed && audit.share > 0 && audit.lateness == 20_000, "\(audit)")
    }

    /// The negative control: a generator that sleeps 2 ms too long now and then makes the tail, and the run is void.
    @Test func aLateGeneratorFails() throws {
        let audit = try audit { $0 % 20 == 0 ? 5_000_000 : 0 }
        #expect(!audit.isPassed && audit.share > 0.2, "\(audit)")
        #expect(audit.sentence.contains("the generator was late"))
        #expect(audit.response > audit.punctualResponse)
    }

    /// A long service time is the engine's own doing, and so is the queue behind it.
    @Test func aSlowEnginePasses() throws {
        let audit = try audit(service: 1_900_000) { _ in 0 }
        #expect(audit.isPassed && audit.response > 10_000_000, "\(audit)")
    }

    /// Lateness that the judged percentile does not see is no reason to reject it; the maximum tells of it all the same.
    @Test func oneLateQueryAmongThousandsDoesNotMatterToTheMedian() throws {
        let audit = try audit(percentile: 0.5) { $0 == 5000 ? 5_000_000 : 0 }
        #expect(audit.isPassed && audit.greatestLateness == 5_000_000)
    }

    /// Without a schedule the generator's share is that of the time between queries.
    @Test func aClosedLoopLosesTheTimeBetweenQueries() throws {
        var times = QueryTimes(isScheduled: false)
        for query in 0..<100 {
            let free = Int64(query) * 100
            times.append(scheduled: free + 20, free: free, start: free + 20, end: free + 100, server: 0)
        }
        let audit = try #require(GeneratorAudit(times, servers: 1, percentile: 0.9))
        #expect(abs(audit.share - 0.2) < 1e-12 && !audit.isPassed)
        #expect(audit.sentence.contains("of the threads' time"))
        #expect(GeneratorAudit(times, servers: 1, percentile: 0.9, limit: 0.25)?.isPassed == true)
        #expect(GeneratorAudit(QueryTimes(isScheduled: true), servers: 1, percentile: 0.9) == nil)
    }
}
