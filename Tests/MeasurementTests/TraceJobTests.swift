import Engines
import Measurement
import Records
import Tensors
import TestKit
import Testing

@Suite("Runs that are watched", .timeLimit(.minutes(10)))
struct TraceJobTests {
    private func trace(
        profiling: Bool = false, _ change: (inout FakeModel) -> Void = { _ in },
        _ request: (inout TraceJob.Request) -> Void
    ) async throws -> TraceJob.Response {
        let client = try await WorkerClient.start(TestWorker.launcher)
        _ = try await client.open(engine: "fake")
        var model = FakeModel()
        change(&model)
        let loaded = try await client.load(model.source(), options: EngineOptions(profiling: profiling))
        var asked = TraceJob.Request(model: loaded.id, inputs: [Tensor([1, 2, 3, 4] as [Float])])
        request(&asked)
        let response = try await client.perform(TraceJob.self, asked, limit: .seconds(60))
        await client.shutdown()
        return response
    }

    @Test("warm-up goes on until run times have settled where that is asked")
    func warmUp() async throws {
        let told = try await trace({ $0.runMicroseconds = 1000 }) { $0.warmupRuns = 3 }
        #expect(told.warmup.end == .told && told.warmup.runs == 3)
        let settled = try await trace({ $0.runMicroseconds = 1000 }) {
            $0.settles = true
            $0.leastWarmupNanoseconds = 20_000_000
            $0.warmupNanoseconds = 5_000_000_000
        }
        #expect(settled.warmup.runs >= 16 && settled.warmup.nanoseconds >= 20_000_000, "\(settled.warmup)")
        #expect(settled.warmup.end != .told)
    }

    @Test("runs follow one another on the clock, and nothing else is told")
    func plainRuns() async throws {
        let response = try await trace({ $0.runMicroseconds = 2000 }) { $0.minimumRuns = 6 }
        #expect(response.runs.count == 6)
        #expect(response.runs.allSatisfy { $0.duration >= 2_000_000 })
        #expect(zip(response.runs, response.runs.dropFirst()).allSatisfy { $0.end <= $1.start })
        #expect(response.counts.isEmpty && response.energy == nil && response.printed.isEmpty)
        #expect(response.profile == nil && response.outputs.isEmpty)
        // Both clocks tell of now: the test's own, and that of the worker on the same machine.
        #expect(abs(response.epoch - response.epochAtEnd) < 50_000_000)
    }

    @Test("time, the least number and the greatest number of runs end a turn")
    func limits() async throws {
        let most = try await trace {
            $0.durationNanoseconds = 20_000_000_000
            $0.maximumRuns = 7
        }
        #expect(most.runs.count == 7)
        let timed = try await trace({ $0.runMicroseconds = 1000 }) { $0.durationNanoseconds = 20_000_000 }
        #expect((1...20).contains(timed.runs.count))
    }

    @Test("a sleeping run gives up the processor, and faults where it touches new memory")
    func systemCounters() async throws {
        let response = try await trace({ $0.runMicroseconds = 1000 }) {
            $0.minimumRuns = 5
            $0.counters = [.system]
        }
        let switches = try #require(response.counts.first { $0.counter.name == "switches.voluntary" })
        #expect(switches.values.count == 5 && switches.values.allSatisfy { $0 >= 1 }, "\(switches)")
        let calls = try #require(response.counts.first { $0.counter.name == "calls.read" })
        // What reading the counters reads is taken off.
        #expect(calls.values.allSatisfy { $0 <= 2 } || calls.unavailable != nil, "\(calls)")
        for series in response.counts {
            #expect(series.values.isEmpty == (series.unavailable != nil), "\(series)")
            #expect(series.values.allSatisfy { $0 >= 0 && $0.isFinite })
        }
        #expect(Set(response.counts.map(\.counter.name)).count == response.counts.count)
    }

    @Test("the processor's counters count, or say why not")
    func hardwareCounters() async throws {
        let response = try await trace({ $0.runMicroseconds = 200 }) {
            $0.minimumRuns = 3
            $0.counters = [.hardware]
            $0.measuresEnergy = true
        }
        #expect(response.counts.contains { $0.counter.name == "instructions" })
        for series in response.counts {
            if let reason = series.unavailable {
                #expect(!reason.isEmpty && series.values.isEmpty)
            } else {
                #expect(series.values.count == 3)
            }
        }
        let energy = try #require(response.energy)
        #expect(energy.runs == 3 && (energy.joules == nil) == (energy.unavailable != nil))
        if let joules = energy.joules { #expect(joules > 0) }
    }

    @Test("what a library prints is kept, and the protocol is not disturbed")
    func printedText() async throws {
        let response = try await trace({ $0.prints = "a line of a library" }) {
            $0.minimumRuns = 4
            $0.warmupRuns = 2
            $0.capturesOutput = true
        }
        #expect(response.printed == String(repeating: "a line of a library\n", count: 4))
    }

    @Test("a profile holds the runs that count, and not the warm-up")
    func profiles() async throws {
        let layers = [FakeModel.Layer("a", microseconds: 1000), .init("b", microseconds: 3000)]
        let response = try await trace(profiling: true, { $0.layers = layers }) {
            $0.warmupRuns = 3
            $0.minimumRuns = 4
            $0.takesProfile = true
        }
        let profile = try #require(response.profile)
        #expect(profile.steps.map(\.nodes) == [["a"], ["b"]])
        #expect(profile.runs.count == 4 && response.runs.count == 4)
        for (run, watched) in zip(profile.runs, response.runs) {
            #expect(run.spans.map(\.step) == [0, 1])
            #expect(run.spans[0].duration >= 1_000_000 && run.spans[1].duration >= 3_000_000)
            #expect(run.spans.reduce(0) { $0 + $1.duration } <= watched.duration)
        }
    }

    @Test("an engine without a profiler says so")
    func noProfiler() async throws {
        let error = await #expect(throws: WorkerError.self) {
            _ = try await trace(profiling: true, { $0.hasProfiler = false }) { $0.takesProfile = true }
        }
        guard case .engine(let reason)? = error?.failure else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(reason.code == .invalidOption)
    }

    @Test("a wrong number of inputs is refused")
    func wrongInputs() async throws {
        await #expect(throws: WorkerError.self) { _ = try await trace { $0.inputs = [] } }
    }
}
