import Assets
import Engines
import Foundation
import Records
import Studies
import TestKit
import Testing

/// The study behind `assay evaluate` on engines that crash, hang, disagree, and behave.
@Suite(.timeLimit(.minutes(10))) struct EvaluateTests {
    private func fake(_ change: (inout FakeModel) -> Void = { _ in }) -> FakeModel {
        var model = FakeModel()
        change(&model)
        return model
    }

    private func outcome(_ stack: String, _ archive: RecordArchive) -> Outcome? {
        archive.record.outcomes.first { $0.stack == stack }
    }

    private func verdict(_ question: Question, _ archive: RecordArchive) -> Verdict? {
        archive.record.verdicts.first { $0.question == question }
    }

    // MARK: - Failures

    @Test func oneCrashesOneHangsAndTheThirdFinishes() async throws {
        let bench = try FakeBench([
            "1": fake { $0.onRun = .signal(SIGSEGV) }, "2": fake { $0.onRun = .hang }, "3": fake(),
        ])
        var spec = bench.spec(["1", "2", "3"])
        spec.limits.run = .milliseconds(400)
        let archive = try await bench.run(spec)
        #expect(outcome("fake 1", archive)?.state == .crashed(signal: SIGSEGV))
        #expect(outcome("fake 2", archive)?.state == .hung(limit: 0.4))
        #expect(outcome("fake 3", archive)?.state == .completed)
        let record = archive.record
        #expect(record.metric("latency.median", [Label.stack: "fake 3"])?.value ?? 0 > 0)
        #expect(record.metric("latency.median", [Label.stack: "fake 1"]) == nil)
        #expect(record.metric("latency.median", [Label.stack: "fake 2"]) == nil)
        let timed = record.series.filter { $0.name == "latency" }
        #expect(timed.map(\.labels) == [[Label.model: "fake.onnx", Label.stack: "fake 3"]])
        #expect(verdict(.itself, archive)?.state == .unknown)
        #expect(!record.isPartial)
        try archive.verify()
    }

    /// A stack that fails while it is timed keeps its failure, and the others their rounds.
    @Test func aFailureWhileTimingIsRecorded() async throws {
        let bench = try FakeBench([
            "1": fake {
                $0.onRun = .exit(3)
                $0.atRun = 5
            }, "2": fake(),
        ])
        let archive = try await bench.run(bench.spec(["1", "2"]))
        #expect(outcome("fake 1", archive)?.state == .exited(code: 3))
        // Three rounds of at most twenty runs.
        #expect(archive.record.metric("latency.median", [Label.stack: "fake 2"])?.count == 60)
    }

    @Test(arguments: [
        (FakeModel.Mishap.error, "refused"), (.signal(SIGKILL), "crashed"), (.exit(1), "exited"),
    ]) func failuresWhileLoadingAreOutcomes(_ mishap: FakeModel.Mishap, word: String) async throws {
        let bench = try FakeBench(["1": fake { $0.onLoad = mishap }])
        let archive = try await bench.run(bench.spec(["1"]))
        let state = try #require(outcome("fake 1", archive)?.state)
        switch (state, word) {
        case (.refused, "refused"), (.crashed(signal: SIGKILL), "crashed"), (.exited(code: 1), "exited"): break
        default: Issue.record("\(state)")
        }
        #expect(archive.record.metrics.isEmpty)
        #expect(verdict(.fast, archive)?.state == .unknown)
    }

    @Test func anEngineThatIsNotThereIsUnavailable() async throws {
        let bench = try FakeBench(["1": fake()])
        let archive = try await bench.run(bench.spec(["1", "missing"]))
        guard case .unavailable(let reason)? = outcome("fake missing", archive)?.state else {
            Issue.record("\(archive.record.outcomes)")
            return
        }
        #expect(reason.contains("libfake.so: no such file"))
        #expect(outcome("fake 1", archive)?.state == .completed)
    }

    /// 1 ms on the way and 2 ms at work, on a device; the first stack computes on the processor.
    @Test func aRunOnADeviceIsCutInTwo() async throws {
        let bench = try FakeBench([
            "1": fake(),
            "2": fake {
                $0.transferMicroseconds = 1000
                $0.runMicroseconds = 2000
            }, "3": fake { $0.deviceInForce = "cpu" },
        ])
        var spec = bench.spec(["1", "2", "3"])
        for place in 1...2 { spec.stacks[place].options.device = ComputeDevice(.cuda) }
        spec.measure.duration = .milliseconds(60)
        let archive = try await bench.run(spec)
        func value(_ name: String, _ stack: String) -> Double? {
            archive.record.metric(name, [Label.stack: stack])?.value
        }
        let whole = try #require(value("latency.median", "fake 2"))
        let moved = try #require(value("latency.transfer.median", "fake 2"))
        let rest = try #require(value("latency.compute.median", "fake 2"))
        #expect(moved >= 1e6 && rest >= 2e6 && whole >= 3e6)
        #expect(abs(moved + rest - whole) < 0.2 * whole)
        #expect(value("latency.transfer.median", "fake 1") == nil && value("memory.device", "fake 1") == nil)
        guard case .refused(let reason)? = outcome("fake 3", archive)?.state else {
            Issue.record("an engine that computes elsewhere is refused")
            return
        }
        #expect(reason.contains("it does not compute on cuda"))
        #expect(archive.record.exhibits.contains { $0.name == "device" })
        #expect(archive.record.notes.contains { $0.hasPrefix("fake 2: ") && $0.contains("on cuda") })
    }

    // MARK: - Agreement

    @Test func stacksThatDisagreeAreNotThemselves() async throws {
        let bench = try FakeBench(["1": fake(), "2": fake { $0.arithmetic = .double }])
        let archive = try await bench.run(bench.spec(["1", "2"]))
        // max|2x - x| / max|x| is 1 whatever x is.
        #expect(archive.record.metric("agreement.outputs", [Label.stack: "fake 2"])?.value == 1)
        #expect(archive.record.metric("agreement.outputs", [Label.stack: "fake 1"]) == nil)
        #expect(verdict(.itself, archive)?.state == .fails)
    }

    @Test func stacksThatAgreeAreThemselves() async throws {
        let bench = try FakeBench(["1": fake(), "2": fake()])
        let archive = try await bench.run(bench.spec(["1", "2"]))
        #expect(archive.record.metric("agreement.outputs", [Label.stack: "fake 2"])?.value == 0)
        #expect(verdict(.itself, archive)?.state == .holds)
    }

    @Test func anOutputThatIsNotANumberFails() async throws {
        let bench = try FakeBench(["1": fake(), "2": fake { $0.arithmetic = .notANumber }])
        let archive = try await bench.run(bench.spec(["1", "2"]))
        #expect(archive.record.metric("agreement.outputs", [Label.stack: "fake 2"])?.value == nil)
        #expect(verdict(.itself, archive)?.state == .fails)
    }

    @Test func aSlowerStackIsToldFromAFasterOne() async throws {
        let bench = try FakeBench(["1": fake { $0.toldMicroseconds = 200 }, "2": fake { $0.toldMicroseconds = 4000 }])
        var spec = bench.spec(["1", "2"])
        spec.measure.rounds = 8
        spec.measure.duration = .milliseconds(20)
        let archive = try await bench.run(spec)
        let fast = try #require(verdict(.fast, archive))
        #expect(fast.state == .holds && fast.statement.contains("on fake 1"), "\(fast.statement)")
    }

    @Test func freshProcessesDecideWhichIsFastest() async throws {
        let bench = try FakeBench(["1": fake { $0.toldMicroseconds = 6000 }, "2": fake { $0.toldMicroseconds = 500 }])
        var spec = bench.spec(["1", "2"])
        spec.contest = .seconds(500)
        let archive = try await bench.run(spec)
        let fast = try #require(verdict(.fast, archive))
        #expect(fast.state == .holds && fast.statement.hasPrefix("fastest on fake 2, "), "\(fast.statement)")
        let ratio = try #require(archive.record.metric("latency.median.ratio"))
        #expect(ratio.labels["against"] == "fake 2" && ratio.labels[Label.stack] == "fake 1")
        #expect((2...30).contains(try #require(ratio.value)))
        let series = archive.record.series.filter { $0.name == "contest" }
        #expect(series.count == 2 && series.allSatisfy { $0.rounds.count == ratio.count })
        try archive.verify()
    }

    // MARK: - The same again

    @Test func sameSpecAndSeedGiveTheSameDigest() async throws {
        let bench = try FakeBench(["1": fake(), "2": fake { $0.arithmetic = .double }])
        let spec = bench.spec(["1", "2"])
        let first = try await bench.run(spec).record.comparableDigest()
        #expect(try await bench.run(spec).record.comparableDigest() == first)
        var other = spec
        other.seed = 2
        #expect(try await bench.run(other).record.comparableDigest() != first)
    }

    @Test func stacksAndModelsOfOneNameAreToldApart() async throws {
        let bench = try FakeBench(["1": fake()])
        var spec = bench.spec(["1", "1"])
        spec.models.append(spec.models[0])
        let record = try await bench.run(spec).record
        #expect(Set(record.outcomes.map(\.stack)) == ["fake 1", "fake 1 #2"])
        #expect(Set(record.outcomes.compactMap { $0.labels[Label.model] }) == ["fake.onnx", "fake.onnx #2"])
    }

    @Test func aCancelledStudyKeepsWhatItHas() async throws {
        let bench = try FakeBench(["1": fake()])
        var spec = bench.spec(["1"])
        spec.measure.rounds = 10_000
        let long = spec
        let task = Task { try await bench.run(long) }
        try await Task.sleep(for: .seconds(1))
        task.cancel()
        let archive = try await task.value
        #expect(archive.record.isPartial)
        #expect(archive.record.outcomes.count <= 1)
        try archive.verify()
    }
}
