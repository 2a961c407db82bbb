import Engines
import Records
import Studies
import TestKit
import Testing

/// The benchmark on fake engines whose times are known, and on ones that misbehave.
@Suite(.timeLimit(.minutes(10))) struct BenchTests {
    /// The engine under test first, then its peers; only the clock sees the fake engine's sleep.
    private func spec(_ versions: [String]) -> BenchSpec {
        var spec = BenchSpec()
        spec.models = ["fake.onnx"]
        spec.batches = [4]
        spec.threads = [2]
        spec.stacks = versions.map { StackRequest.fake($0) }
        spec.parts = [.time, .load, .agreement]
        spec.duration = .milliseconds(300)
        spec.burst = .milliseconds(10)
        spec.loads = 3
        return spec
    }

    private func sleeping(_ microseconds: Int, _ arithmetic: FakeModel.Arithmetic = .copy) -> FakeModel {
        var model = FakeModel()
        model.runMicroseconds = microseconds
        model.arithmetic = arithmetic
        return model
    }

    @Test func theRatioIsToTheFasterPeer() async throws {
        let bench = try FakeBench(["1": sleeping(8000), "2": sleeping(16_000), "3": sleeping(4000)])
        let record = try await bench.run(spec(["1", "2", "3"])).record
        let ratio = try #require(record.metric("time.ratio"))
        // A sleep takes a little longer than it should, and on a busy machine more.
        #expect((1.2...2.6).contains(try #require(ratio.value)), "\(ratio)")
        #expect(ratio.interval != nil && (ratio.count ?? 0) >= 5)
        #expect(ratio.labels == [Label.model: "fake.onnx", Label.batch: "4", Label.threads: "2", "group": "other"])
        #expect(record.metrics("time.run").count == 3)
        #expect(record.metrics("load.time").compactMap(\.count) == [3, 3, 3])
        #expect(record.metrics("agreement.outputs").compactMap(\.value) == [0, 0])
        let configurations = try #require(record.exhibits.first { $0.name == "configurations" })
        if case .table(let tried) = configurations.content {
            #expect(tried.rows.count == 2, "each peer tries its configurations, and the engine under test does not")
        } else {
            Issue.record("the configurations are no table")
        }
        // On a busy machine the interval may reach down to 1.
        let isCertain = (ratio.interval?.lower ?? 0) > 1
        #expect(record.verdicts.map(\.state) == [isCertain ? .fails : .unknown], "it takes twice the time of the peer")
        #expect(record.series.contains { $0.name == "time.run" })
    }

    /// On told times: the note of a stack whose runs grow longer and longer comes once, and none of the steady one.
    @Test func aStackThatNeverSettlesHasANote() async throws {
        func taking(growth: Double) -> FakeModel {
            var model = FakeModel()
            model.toldMicroseconds = 1000
            model.isWarmedUp = true
            model.growth = growth
            return model
        }
        let bench = try FakeBench(["1": taking(growth: 0), "2": taking(growth: 0.05)])
        var spec = spec(["1", "2"])
        spec.parts = [.time]
        let notes = try await bench.run(spec).record.notes.filter { $0.contains("warm-up") }
        #expect(notes == ["fake 2: the run times had not settled when warm-up had taken its longest time"])
    }

    @Test func differencesShow() async throws {
        let bench = try FakeBench(["1": sleeping(1000, .double), "2": sleeping(1000)])
        let record = try await bench.run(spec(["1", "2"])).record
        #expect(record.metrics("agreement.outputs").compactMap(\.value) == [1])
    }

    @Test func anEngineThatDiesLeavesNoRatio() async throws {
        var dying = sleeping(1000)
        dying.onRun = .signal(9)
        let bench = try FakeBench(["1": dying, "2": sleeping(1000)])
        let record = try await bench.run(spec(["1", "2"])).record
        #expect(record.metric("time.ratio")?.value == nil && record.metric("time.ratio") != nil)
        #expect(record.outcomes.contains { !$0.isCompleted })
        #expect(record.metrics("time.run").compactMap(\.value).count == 1)
    }
}
