import Engines
import Measurement
import Records
import Tensors
import TestKit
import Testing

/// Scenarios in a worker, with real threads: what must hold however busy the machine is.
@Suite(.timeLimit(.minutes(10))) struct ScenarioJobTests {
    private func run(
        _ demand: ScenarioJob.Demand, microseconds: Int = 200, _ change: (inout ScenarioJob.Request) -> Void = { _ in },
        isGuest: Bool = false, model changeModel: (inout FakeModel) -> Void = { _ in }
    ) async throws -> ScenarioJob.Response {
        let client = try await WorkerClient.start(TestWorker.launcher)
        _ = try await client.open(engine: "fake", guest: isGuest ? GuestCommand([TestWorker.path]) : nil)
        var model = FakeModel()
        model.runMicroseconds = microseconds
        changeModel(&model)
        let loaded = try await client.load(model.source(), options: EngineOptions())
        var request = ScenarioJob.Request(
            model: loaded.id, inputs: [[Tensor([1, 2, 3, 4] as [Float])]], demand: demand)
        request.warmupNanoseconds = 1_000_000
        request.leastNanoseconds = 0
        request.leastQueries = 300
        change(&request)
        let response = try await client.perform(ScenarioJob.self, request, limit: .seconds(120))
        await client.shutdown()
        return response
    }

    /// No thread answers two queries at once, none begins before it is due, and each is late by what is told.
    private func expectConsistent(_ times: QueryTimes, servers: Int) {
        #expect(Set(times.server).isSubset(of: Set(0..<servers)))
        var last = [Int64](repeating: 0, count: servers)
        var isFirst = [Bool](repeating: true, count: servers)
        for query in 0..<times.count {
            let server = times.server[query]
            if !isFirst[server] { #expect(times.free[query] == last[server]) }
            isFirst[server] = false
            #expect(times.start[query] >= times.free[query] && times.end[query] >= times.start[query])
            if times.isScheduled { #expect(times.start[query] >= times.scheduled[query]) }
            last[server] = times.end[query]
        }
        #expect(times.lateness.allSatisfy { $0 >= 0 })
    }

    @Test func aScheduleIsKeptByOneServer() async throws {
        let response = try await run(.drawn(.poisson, rate: 2000, burst: 1, seed: 9)) { $0.boundNanoseconds = 1 }
        let times = response.times(isScheduled: true)
        #expect(response.queries == 300 && times.count == 300 && response.ending == .complete)
        expectConsistent(times, servers: 1)
        // The schedule is the seed's, wherever it runs.
        let extent = ArrivalSchedule.Extent(nanoseconds: 0, queries: 300, mostQueries: 300)
        #expect(times.scheduled == ArrivalSchedule(.poisson, rate: 2000, extent: extent, seed: 9)?.offsets)
        // The fake engine sleeps, and no sleep ends early; the exact queue is never slower than what happened.
        #expect(times.services.allSatisfy { $0 >= 200_000 })
        let line = WaitingLine(scheduled: times.scheduled, services: times.services, servers: 1)
        #expect(zip(times.start, line.starts).allSatisfy { $0 >= $1 })
        #expect(response.overBound == 300 && response.decision == .fails)
        #expect(response.response.count == 300 && response.response.percentiles.map(\.share).contains(0.99))
        #expect((response.response.percentiles.first { $0.share == 0.99 })?.neededQueries == 662)
        #expect(response.busyShare > 0 && response.busyShare <= 1)
    }

    /// Each session beside the first has a process of its own: their memory and processor time add up.
    @Test func threeGuestsAreOneEngine() async throws {
        func run(servers: Int) async throws -> ScenarioJob.Response {
            try await self.run(.afterAnswer, { $0.servers = servers }, isGuest: true) { $0.allocation = 64 << 20 }
        }
        let (one, three) = (try await run(servers: 1), try await run(servers: 3))
        // The model is loaded three times.
        #expect(three.before.residentMemory - one.before.residentMemory > 2 * (56 << 20))
        #expect(three.after.peakMemory - one.after.peakMemory > 2 * (56 << 20))
        #expect(three.after.residentMemory - one.after.residentMemory > 2 * (56 << 20))
        // What a guest has used stays in the books once it has ended.
        #expect(three.after.processorNanoseconds > three.before.processorNanoseconds)
        #expect(three.after.voluntarySwitches > three.before.voluntarySwitches)
    }

    @Test func threeServersShareTheQueue() async throws {
        let response = try await run(.drawn(.bursts, rate: 3000, burst: 6, seed: 2)) { $0.servers = 3 }
        let times = response.times(isScheduled: true)
        expectConsistent(times, servers: 3)
        #expect(Set(times.server).count > 1, "bursts need more than one server")
    }

    @Test func closedLoopsAndStreams() async throws {
        let closed = try await run(.afterAnswer) { $0.servers = 2 }
        let times = closed.times(isScheduled: false)
        expectConsistent(times, servers: 2)
        #expect(closed.queries >= 300 && times.responses == times.services)
        let multi = try await run(.afterAnswer, microseconds: 100) {
            $0.runsPerQuery = 8
            $0.leastQueries = 20
        }
        #expect(multi.times(isScheduled: false).services.allSatisfy { $0 >= 800_000 })
        let offline = try await run(.atOnce) { $0.servers = 2 }
        let all = offline.times(isScheduled: false)
        #expect(all.scheduled.allSatisfy { $0 == 0 } && all.responses == all.end)
    }

    @Test func aSlowStartIsWarmedUp() async throws {
        func run(_ warmup: Int64, servers: Int = 1) async throws -> ScenarioJob.Response {
            try await self.run(
                .afterAnswer, microseconds: 1000,
                {
                    $0.warmupNanoseconds = warmup
                    $0.servers = servers
                    $0.leastQueries = 30
                },
                model: { $0.slowRuns = 10 })
        }
        // Each shape once, and one run more: eight slow runs are left.
        let cold = try await run(0)
        #expect(cold.warmup?.end == .told && cold.warmup?.runs == 1)
        #expect(cold.times(isScheduled: false).services.prefix(8).allSatisfy { $0 >= 4_000_000 })
        let warm = try await run(5_000_000_000)
        #expect(!warm.times(isScheduled: false).services.prefix(8).allSatisfy { $0 >= 4_000_000 })
        let report = try #require(warm.warmup)
        #expect(report.runs >= 16 && report.nanoseconds >= 50_000_000, "\(report)")
        let both = try #require(try await run(5_000_000_000, servers: 2).warmup)
        #expect(both.runs >= 32, "\(both)")
    }

    @Test func tracesAreReplayed() async throws {
        let offsets: [Int64] = [0, 0, 1_000_000, 9_000_000]
        let response = try await run(.given(AttachedTensor(Tensor(offsets))))
        #expect(response.times(isScheduled: true).scheduled == offsets)
    }

    @Test func longWaitsAndHopelessQueuesEnd() async throws {
        // Ten times what the engine can do: the run ends when it is decided, or when its time is over.
        let decided = try await run(.drawn(.constant, rate: 50_000, burst: 1, seed: 1)) {
            $0.leastQueries = 5000
            $0.boundNanoseconds = 1_000_000
            $0.mostOverBound = 20
        }
        #expect(decided.ending == .decided && decided.overBound >= 21 && decided.queries < 5000)
        let late = try await run(.drawn(.constant, rate: 50_000, burst: 1, seed: 1)) {
            $0.leastQueries = 5000
            $0.mostNanoseconds = 100_000_000
        }
        #expect(late.ending == .time && late.unanswered > 0 && late.queries + late.unanswered <= 5000)
    }

    @Test func failuresAreOutcomes() async throws {
        await #expect(throws: WorkerError.self) {
            try await run(.afterAnswer, { $0.servers = 4 }) {
                $0.onRun = .error
                $0.atRun = 50
            }
        }
        await #expect(throws: WorkerError.self) {
            try await run(.afterAnswer, { $0.servers = 4 }) {
                $0.onRun = .error
                $0.atRun = 1
            }
        }
        for change: @Sendable (inout ScenarioJob.Request) -> Void in [
            { $0.servers = 0 }, { $0.servers = 1000 }, { $0.inputs = [] }, { $0.inputs.append([]) },
            { $0.neighbours = -1 }, { $0.judged = 1 },
            { $0.mostQueries = 1 << 40 }, { $0.demand = .drawn(.poisson, rate: 0, burst: 1, seed: 1) },
            { $0.demand = .given(AttachedTensor(Tensor([5, 1] as [Int64]))) },
        ] {
            await #expect(throws: WorkerError.self) { try await run(.afterAnswer, change) }
        }
    }

    @Test func cancellingEndsALongWait() async throws {
        let client = try await WorkerClient.start(TestWorker.launcher)
        _ = try await client.open(engine: "fake")
        let loaded = try await client.load(FakeModel().source(), options: EngineOptions())
        var request = ScenarioJob.Request(
            model: loaded.id, inputs: [[Tensor([1, 2, 3, 4] as [Float])]],
            demand: .given(AttachedTensor(Tensor([0, 3_000_000_000_000] as [Int64]))))
        request.mostNanoseconds = .max
        let wanted = request
        let task = Task { try await client.perform(ScenarioJob.self, wanted, limit: nil) }
        try await Task.sleep(for: .milliseconds(500))
        task.cancel()
        await #expect(throws: WorkerError.self) { try await task.value }
        // The worker serves on.
        let next = try await client.run(loaded, [Tensor([1, 2, 3, 4] as [Float])], limit: .seconds(60))
        #expect(next.outputs.count == 1)
        await client.shutdown()
    }
}
