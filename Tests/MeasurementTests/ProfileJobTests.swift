import Engines
import Measurement
import TestKit
import Tensors
import Testing

@Suite(.timeLimit(.minutes(10))) struct ProfileJobTests {
    private func profile(
        plain: Bool = true, profiling: Bool = true, _ change: (inout ProfileJob.Request) -> Void
    ) async throws -> ProfileJob.Response {
        let client = try await WorkerClient.start(TestWorker.launcher)
        _ = try await client.open(engine: "fake")
        var model = FakeModel()
        model.layers = [FakeModel.Layer("a", microseconds: 700), FakeModel.Layer("b", microseconds: 300)]
        let watched = try await client.load(model.source(), options: EngineOptions(profiling: profiling))
        let other = try await client.load(model.source(), options: EngineOptions())
        var request = ProfileJob.Request(
            model: watched.id, plain: plain ? other.id : nil, inputs: [Tensor([1, 2, 3, 4] as [Float])], runs: 11)
        change(&request)
        do {
            let response = try await client.perform(ProfileJob.self, request, limit: .seconds(60))
            await client.shutdown()
            return response
        } catch {
            await client.shutdown()
            throw error
        }
    }

    @Test func runsOfBothSidesAreTimedAndTheWarmUpIsLeftOut() async throws {
        let response = try await profile {
            $0.burst = 4
            $0.warmupRuns = 5
        }
        #expect(response.times.count == 11 && response.plainTimes.count == 11 && response.starts.count == 11)
        #expect((response.times + response.plainTimes).allSatisfy { $0 >= 1_000_000 })
        #expect(response.starts == response.starts.sorted())
        let profile = response.profile
        #expect(profile.runs.count == 11 && profile.route == "fake")
        #expect(profile.steps.map(\.nodes) == [["a"], ["b"]])
        for (run, time) in zip(profile.runs, response.times) {
            #expect(run.spans.map(\.step) == [0, 1])
            #expect((run.spans[1].start ?? 0) >= 700_000 && run.spans[0].duration >= 700_000)
            // What the engine saw is within what its caller saw.
            #expect((run.duration ?? .max) <= time && (run.duration ?? 0) >= 1_000_000)
        }
    }

    @Test func oneSideAloneIsEnough() async throws {
        let response = try await profile(plain: false) { $0.runs = 0 }
        #expect(response.plainTimes.isEmpty && response.times.count == 1, "one run is the least")
    }

    @Test func aModelWithoutAProfilerIsRefused() async throws {
        await #expect(throws: WorkerError.self) { _ = try await profile(profiling: false) { _ in } }
    }

    @Test func theWrongNumberOfInputsIsRefused() async throws {
        await #expect(throws: WorkerError.self) { _ = try await profile { $0.inputs = [] } }
    }
}
