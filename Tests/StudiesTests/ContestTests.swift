import Engines
import Foundation
import Measurement
import Records
import Studies
import TestKit
import Testing

/// Contenders side by side on fake engines whose times are known, and on ones that misbehave.
@Suite(.timeLimit(.minutes(10))) struct ContestTests {
    private func taking(_ microseconds: Int, _ change: (inout FakeModel) -> Void = { _ in }) -> FakeModel {
        var model = FakeModel()
        model.toldMicroseconds = microseconds
        change(&model)
        return model
    }

    private func spec(_ versions: [String]) -> CompareSpec {
        var spec = CompareSpec()
        spec.sides = versions.map { CompareSide("fake.onnx", StackRequest.fake($0)) }
        spec.processes = 5
        spec.rounds = 2
        spec.burst = .milliseconds(5)
        spec.warmup = .milliseconds(2)
        // Other tests run meanwhile, and starts take what they take.
        spec.budget = .seconds(500)
        return spec
    }

    @Test func aSideSaysWhereItComputes() throws {
        let side = try CompareSide(commandLine: "m.onnx onnxruntime device=cuda:1 threads=2")
        #expect(side.stack.options.device == ComputeDevice(.cuda, index: 1) && side.stack.options.threads == 2)
        #expect(throws: StudyError.self) { try CompareSide(commandLine: "m.onnx onnxruntime device=gpu") }
    }

    @Test func whatTakesTwiceTheTimeIsSlower() async throws {
        let bench = try FakeBench(["1": taking(2000), "2": taking(12_000)])
        let (archive, findings) = try await bench.run(spec(["1", "2"]))
        let comparison = try #require(findings.comparisons.first)
        #expect(findings.comparisons.count == 1 && comparison.against == 0 && comparison.side == 1)
        #expect((2...8).contains(try #require(comparison.ratio?.value)))
        #expect(comparison.answer == "slower" && comparison.state == .fails, "\(comparison.answer)")
        let metric = try #require(archive.record.metric("latency.median.ratio"))
        #expect(metric.labels == [Label.model: "fake.onnx", Label.stack: "fake 2", "against": "fake 1"])
        #expect(archive.record.verdicts.first?.statement == "latency.median: slower than fake 1")
        try archive.verify()
        // Processes and rounds are kept.
        let series = try #require(archive.record.series.first)
        #expect(series.rounds.count >= 3 && series.rounds.allSatisfy { $0.count == 2 })
        #expect(try #require(archive.processes(of: series)).map { $0.map(\.count) } == series.rounds)
    }

    @Test func aQuietMachineIsCertified() async throws {
        let bench = try FakeBench(["1": taking(200), "2": taking(400)])
        var spec = spec(["1", "2"])
        spec.rounds = 4
        let (archive, findings) = try await bench.run(spec)
        let certificate = try #require(findings.certificate)
        #expect(certificate.isQuiet && certificate.sides.map(\.title) == ["fake 1", "fake 2"])
        #expect(findings.trust(in: try #require(findings.comparisons.first)) == .quiet)
        #expect(archive.record.notes.contains("The machine was quiet: nothing disturbed the turns."))
        #expect(archive.record.exhibits.contains { $0.name == "stationarity" })
        let waited = archive.record.metrics.filter { $0.name == "stationarity.waiting" }
        #expect(waited.count == 2 && waited.allSatisfy { $0.value == 0 })
    }

    @Test func aCompetitorOfOneSideMakesItsAnswerDoubtful() async throws {
        let bench = try FakeBench([
            "1": taking(200), "2": taking(210) { $0.toldWaiting = 0.1 }, "3": taking(400) { $0.toldWaiting = 0.1 },
        ])
        let (archive, findings) = try await bench.run(spec(["1", "2", "3"]))
        let certificate = try #require(findings.certificate)
        let disturbance = try #require(certificate.disturbances.first)
        #expect(disturbance.cause == .anotherProcess && disturbance.sides == [1, 2])
        #expect(abs(disturbance.share - 0.1) < 0.01)
        // A twentieth may come of a tenth, a doubling may not.
        #expect(findings.comparisons.map { findings.trust(in: $0) } == [.doubtful, .stands])
        #expect(
            archive.record.verdicts.map(\.statement) == [
                "latency.median: slower than fake 1 (doubtful: the machine was not quiet)",
                "latency.median: slower than fake 1",
            ])
        #expect(archive.record.notes.contains { $0.contains("touched fake 2 and fake 3 alone") })
        #expect(archive.record.notes.contains { $0.contains("is not to be trusted") })
    }

    @Test func whatHitsAllSidesCancels() async throws {
        let bench = try FakeBench([
            "1": taking(200) { $0.toldWaiting = 0.1 }, "2": taking(210) { $0.toldWaiting = 0.1 },
        ])
        let (_, findings) = try await bench.run(spec(["1", "2"]))
        #expect(findings.certificate?.disturbances.map(\.sides) == [[0, 1]])
        #expect(findings.comparisons.map { findings.trust(in: $0) } == [.stands])
    }

    @Test func theProcessorsClockHasNoCertificate() async throws {
        let bench = try FakeBench(["1": taking(200), "2": taking(400)])
        var spec = spec(["1", "2"])
        spec.clock = .processor
        #expect(try await bench.run(spec).1.certificate == nil)
    }

    @Test func theRestIsComparedWithTheFirst() async throws {
        let bench = try FakeBench(["1": taking(6000), "2": taking(1000), "3": taking(40_000)])
        let (_, findings) = try await bench.run(spec(["1", "2", "3"]))
        #expect(findings.comparisons.map(\.answer) == ["faster", "slower"])
    }

    @Test func addedWorkIsSeen() async throws {
        let bench = try FakeBench(["1": taking(1000)])
        var spec = spec(["1", "1"])
        spec.sides[1].addedWork = 0.5
        let (archive, findings) = try await bench.run(spec)
        let ratio = try #require(findings.comparisons.first?.ratio?.value)
        #expect((1.2...3).contains(ratio), "\(ratio)")
        #expect(findings.sides.map(\.title) == ["fake 1", "fake 1 + 50.0 % of work"])
        #expect(archive.record.notes.contains { $0.contains("calibrated") })
    }

    @Test func aSideThatDiesIsAnOutcome() async throws {
        let bench = try FakeBench([
            "1": taking(1000), "2": taking(1000) { $0.onRun = .signal(SIGSEGV) }, "3": taking(20_000),
        ])
        let (archive, findings) = try await bench.run(spec(["1", "2", "3"]))
        #expect(findings.sides[1].outcome == .crashed(signal: SIGSEGV))
        #expect(findings.comparisons[0].answer == "cannot tell: crashed (SIGSEGV)", "\(findings.comparisons[0].answer)")
        #expect(findings.comparisons[1].answer == "slower")
        #expect(archive.record.outcomes.filter { !$0.isCompleted }.count == 1)
    }

    @Test func nothingIsLeftWhenTheFirstDies() async throws {
        let bench = try FakeBench(["1": taking(1000) { $0.onLoad = .error }, "2": taking(1000)])
        let (_, findings) = try await bench.run(spec(["1", "2"]))
        #expect(findings.comparisons.allSatisfy { $0.verdict == nil && $0.state == .unknown })
    }

    @Test func theBudgetEndsIt() async throws {
        let bench = try FakeBench(["1": taking(1000), "2": taking(1000)])
        var spec = spec(["1", "2"])
        spec.precision = 1e-6
        spec.budget = .seconds(3)
        let (_, findings) = try await bench.run(spec)
        #expect((1..<200).contains(findings.sides[0].processes.count))
    }

    @Test func allStatistics() async throws {
        let bench = try FakeBench(["1": taking(200), "2": taking(4000)])
        var spec = spec(["1", "2"])
        spec.statistics = ComparedStatistic.allCases
        spec.processes = 12
        spec.burst = .milliseconds(80)
        // The load times of two equal engines would go on for long before their ratio is known to a hundredth.
        spec.precision = 1
        spec.gates = try ["latency.p99 <= 1.5", "throughput >= 0.9", "memory.peak <= 100 GB", "latency.median <= 1 h"]
            .map { try Gate($0.replacing("1 h", with: "1 min")) }
        let (archive, findings) = try await bench.run(spec)
        let answers = Dictionary(uniqueKeysWithValues: findings.comparisons.map { ($0.statistic, $0) })
        #expect(answers.count == ComparedStatistic.allCases.count)
        #expect(answers[.median]?.answer == "slower" && answers[.throughput]?.answer == "slower")
        #expect(try #require(answers[.throughput]?.ratio?.value) < 1)
        #expect(findings.gates.map(\.state) == [.fails, .fails, .holds, .holds, .holds, .holds], "\(findings.gates)")
        #expect(findings.gateState == .fails)
        #expect(archive.record.verdicts.count == answers.count + findings.gates.count)
    }

    /// Processes begin with five runs of four times the time.
    @Test func aSlowStartIsNotTimed() async throws {
        let bench = try FakeBench([
            "1": taking(1000) { $0.isWarmedUp = true },
            "2": taking(1000) {
                $0.isWarmedUp = true
                $0.slowRuns = 5
            },
        ])
        var spec = spec(["1", "2"])
        spec.warmup = .milliseconds(20)
        let (archive, findings) = try await bench.run(spec)
        let slow = findings.sides[1]
        #expect(slow.warmups.count == slow.processes.count)
        #expect(slow.warmups.allSatisfy { $0.end == .settled && $0.runs > 10 }, "\(slow.warmups)")
        #expect(slow.processes.flatMap(\.self).flatMap(\.self).allSatisfy { $0 < 2_000_000 })
        #expect(findings.comparisons.first?.answer == "same within 2 %")
        let time = try #require(archive.record.metric("warmup.time", [Label.stack: "fake 2"]))
        #expect(time.value ?? 0 >= 20_000_000 && time.count ?? 0 > 50)
        #expect(!archive.record.notes.contains { $0.contains("warm-up") })
        // The negative control: without warm-up the first turn has what is left of the start.
        spec.warmup = .zero
        let cold = try await bench.run(spec).findings.sides[1]
        #expect(try #require(cold.processes.first?.first?.max()) > 3_500_000)
    }

    /// The note of a side whose runs grow longer and longer comes once, and none of the steady side beside it.
    @Test func aSideThatNeverSettlesHasANote() async throws {
        let bench = try FakeBench([
            "1": taking(1000) { $0.isWarmedUp = true },
            "2": taking(1000) {
                $0.isWarmedUp = true
                $0.growth = 0.05
            },
        ])
        var spec = spec(["1", "2"])
        spec.warmup = .milliseconds(20)
        let (archive, findings) = try await bench.run(spec)
        #expect(findings.sides[0].warmups.allSatisfy { $0.end == .settled })
        let count = findings.sides[1].processes.count
        #expect(
            archive.record.notes.filter { $0.contains("warm-up") } == [
                "fake 2: the run times had not settled when warm-up had taken its longest time "
                    + "(\(count) of \(count) warm-ups)"
            ])
    }

    @Test func gatesOnWhatIsNotMeasuredAreRefused() async throws {
        let bench = try FakeBench(["1": taking(100)])
        var spec = spec(["1", "1"])
        spec.gates = [try Gate("accuracy.top1 >= 0.7")]
        await #expect(throws: StudyError.self) { try await bench.run(spec) }
    }
}
