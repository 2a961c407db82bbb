import Engines
import Foundation
import Measurement
import Tensors
import Testing

/// The loop that answers queries, in virtual time.
@Suite struct ServingRunTests {
    private typealias Run = ServingRun<VirtualTime>

    /// Runs a plan on one thread.
    private func times(
        _ clock: VirtualTime = VirtualTime(), service: @escaping (Int) -> Int64?, _ change: (inout Run.Plan) -> Void
    ) throws -> (times: QueryTimes, run: ServingRun<VirtualTime>) {
        var plan = Run.Plan()
        change(&plan)
        let run = Run(plan, clock: clock)
        let origin = clock.now()
        try run.serve(
            VirtualSession(clock, service: service), [[]], into: OutputSlots(count: 0), server: 0, origin: origin)
        return (QueryTimes(run, origin: origin), run)
    }

    private func poisson(_ rate: Double, _ count: Int) throws -> [Int64] {
        let extent = ArrivalSchedule.Extent(nanoseconds: 0, queries: count, mostQueries: count)
        return try #require(ArrivalSchedule(.poisson, rate: rate, extent: extent, seed: 3)).offsets
    }

    /// What is written down is the exact queue, time by time.
    @Test func aScheduleIsServedAsTheQueueSays() throws {
        var random = SplitMix64(seed: 5)
        let services = (0..<5000).map { _ in Int64(random.integer(in: 1...2_000_000)) }
        let schedule = try poisson(900, 5000)
        let (times, _) = try times(service: { services[$0] }) {
            $0.schedule = schedule
            $0.mostQueries = 5000
        }
        let line = WaitingLine(scheduled: schedule, services: services, servers: 1)
        #expect(times.scheduled == schedule && times.services == services)
        #expect(times.start == line.starts && times.end == line.ends && times.responses == line.responses)
        #expect(times.lateness.allSatisfy { $0 == 0 })
        #expect(times.count == 5000 && times.elapsed == line.ends.last)
    }

    /// Inputs are taken in turn by runs, whichever query and thread they belong to.
    @Test func inputsTakeTheirTurn() throws {
        let clock = VirtualTime()
        for isScheduled in [true, false] {
            var plan = Run.Plan()
            plan.schedule = isScheduled ? [0, 10, 20, 30, 40] : nil
            (plan.queries, plan.mostQueries, plan.runsPerQuery) = (5, 5, 3)
            let run = Run(plan, clock: clock)
            let session = VirtualSession(clock) { _ in 7 }
            let inputs = (0..<4).map { [Tensor([Float($0)])] }
            try run.serve(session, inputs, into: OutputSlots(count: 0), server: 0, origin: clock.now())
            let given = try session.given.map { try #require($0.first?.values(of: Float.self).first) }
            #expect(given == (0..<15).map { Float($0 % 4) })
        }
    }

    /// M/D/1 through the loop itself: its mean wait is that of Pollaczek and Khinchine.
    @Test(arguments: [0.3, 0.6, 0.8]) func theLoopWaitsAsMD1(load: Double) throws {
        let schedule = try poisson(load * 1000, 100_000)
        let (times, _) = try times(service: { _ in 1_000_000 }) {
            $0.schedule = schedule
            $0.mostQueries = .max
        }
        let waits = zip(times.responses, times.services).map { Double($0 - $1) / 1e6 }
        let (mean, half) = QueueOracle.blockMean(waits)
        #expect(abs(mean - QueueOracle.meanWait(utilisation: load, variation: 0)) < half, "\(load): \(mean) ± \(half)")
    }

    @Test func latenessIsTheClocksAndNotTheEngines() throws {
        let clock = VirtualTime { $0 == 2 ? 700 : 0 }
        let (times, _) = try times(clock, service: { _ in 100 }) {
            $0.schedule = [0, 50, 1000, 2000, 3000, 3700]
            $0.mostQueries = 6
        }
        // The second query waits for the first one, which is no lateness; the third wait of the clock is the fifth query's.
        #expect(times.lateness == [0, 0, 0, 0, 700, 0])
        #expect(times.responses == [100, 150, 100, 100, 800, 200])
    }

    @Test func aClosedLoopGoesOnUntilTimeAndNumberAreReached() throws {
        let long = try times(service: { _ in 10 }) {
            $0.nanoseconds = 1000
            $0.queries = 5
            $0.mostQueries = 1_000_000
        }.times
        #expect(long.count == 100 && long.elapsed == 1000)
        #expect(long.responses == long.services && !long.isScheduled)
        let many = try times(service: { _ in 10 }) {
            $0.nanoseconds = 20
            $0.queries = 50
            $0.mostQueries = 1_000_000
        }.times
        #expect(many.count == 50)
        let few = try times(service: { _ in 10 }) {
            $0.nanoseconds = 1000
            $0.queries = 50
            $0.mostQueries = 7
        }.times
        #expect(few.count == 7)
    }

    @Test func whatIsThereFromTheStartWaitsFromTheStart() throws {
        let (times, _) = try times(service: { _ in 10 }) {
            $0.countsFromStart = true
            $0.queries = 4
            $0.mostQueries = 4
        }
        #expect(times.responses == [10, 20, 30, 40] && times.services == [10, 10, 10, 10])
    }

    @Test func severalRunsAnswerOneQuery() throws {
        let (times, _) = try times(service: { _ in 10 }) {
            $0.runsPerQuery = 8
            $0.queries = 3
            $0.mostQueries = 3
        }
        #expect(times.services == [80, 80, 80])
    }

    @Test func queriesOverTheBoundAreCountedAndEndADecidedRun() throws {
        let schedule = (0..<100).map { Int64($0) * 10 }
        let (times, run) = try times(service: { _ in 20 }) {
            $0.schedule = schedule
            $0.mostQueries = 100
            $0.bound = 100
            $0.mostOverBound = 9
        }
        // Each waits 10 longer than the one before: the ninth is the first beyond 100.
        #expect(run.stopped == .decided && run.countOverBound == 10)
        #expect(times.count == 19 && times.responses.last == 200)
    }

    @Test func theLongestTimeEndsARun() throws {
        let (times, run) = try times(service: { _ in 20 }) {
            $0.schedule = (0..<1000).map { Int64($0) * 10 }
            $0.mostQueries = 1000
            $0.mostNanoseconds = 500
        }
        #expect(run.stopped == .time && times.count == 26)
    }

    @Test func aFailureEndsTheRun() throws {
        let clock = VirtualTime()
        var plan = Run.Plan()
        plan.queries = 10
        plan.mostQueries = 10
        let run = Run(plan, clock: clock)
        let session = VirtualSession(clock) { $0 == 3 ? nil : 5 }
        #expect(throws: EngineError.self) {
            try run.serve(session, [[]], into: OutputSlots(count: 0), server: 0, origin: clock.now())
        }
        #expect(run.stopped == .failed && run.countAnswered == 3)
    }

    @Test func theLogKeepsWhatWasWritten() {
        let log = QueryLog(capacity: 3)
        log.write(1, free: 1, start: 2, end: 3, server: 4)
        #expect(log[0] == nil && log[2] == nil && log[3] == nil && log[-1] == nil)
        #expect(log[1].map { [$0.free, $0.start, $0.end, Int64($0.server)] } == [1, 2, 3, 4])
        #expect(QueryLog(capacity: -5).capacity == 0)
        #expect(QueryLog(capacity: 0)[0] == nil)
    }
}
