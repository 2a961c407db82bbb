import Foundation
import Records
import Specs
import Studies
import TestKit
import Testing

/// Gates: how they are read, when they hold, and what a gate file makes of an evaluation.
@Suite(.timeLimit(.minutes(10))) struct GateTests {
    @Test(arguments: [
        ("latency.p99 <= 1.05", 1.05, Gate.Measure.ratio, nil as String?),
        ("latency.p99<=+5%", 1.05, .ratio, nil),
        ("throughput >= -10%", 0.9, .ratio, nil),
        ("latency.median < 105 %", 1.05, .ratio, nil),
        ("latency.p99 <= 50 ms on onnxruntime", 50e6, .value(.nanoseconds), "onnxruntime"),
        ("load.time <= 1.5s", 1.5e9, .value(.nanoseconds), nil),
        ("memory.peak <= 200 MiB on native 0.1", 200 * 1_048_576, .value(.bytes), "native 0.1"),
        ("throughput > 40 /s", 40, .value(.itemsPerSecond), nil),
        ("accuracy.top1 >= 70%", 0.7, .value(.fraction), nil),
        ("accuracy.top1 >= 0.7", 0.7, .value(.number), nil),
        ("agreement.outputs <= 1e-4", 1e-4, .value(.number), nil),
    ])
    func gatesAreRead(_ text: String, bound: Double, measure: Gate.Measure, stack: String?) throws {
        let gate = try Gate(text)
        #expect(abs(gate.bound - bound) < 1e-9 * max(bound, 1) && gate.measure == measure && gate.stack == stack)
        #expect(gate.text == text)
    }

    @Test(arguments: [
        "", "latency.p99", "latency.p99 = 1", "<= 1", "latency.p99 <=", "latency.p99 <= fast",
        "latency.p99 <= 1 furlong",
        "latency.p99 <= 1e999", "latency.p99 <= nan", "latency p99 <= 1", "latency.p99 <= 50 ms on ",
        "accuracy.top1 >= 3 ms",
        "memory.peak <= 3 ms",
    ])
    func wrongGatesAreRefused(_ text: String) {
        #expect {
            try Gate(text)
        } throws: { error in
            (error as? StudyError).map { $0.code == .gate && !$0.reason.isEmpty && !$0.remedy.isEmpty } ?? false
        }
    }

    @Test func theWholeIntervalMustKeepTheBound() throws {
        let below = Interval(lower: 0.9, upper: 1.04, method: "test")
        let across = Interval(lower: 1.0, upper: 1.1, method: "test")
        let above = Interval(lower: 1.06, upper: 1.1, method: "test")
        let most = try Gate("latency.median <= 1.05")
        #expect([below, across, above].map { most.state(of: 1.03, interval: $0) } == [.holds, .unknown, .fails])
        let least = try Gate("throughput >= 1.05")
        #expect([below, across, above].map { least.state(of: 1.03, interval: $0) } == [.fails, .unknown, .holds])
        #expect(most.state(of: nil, interval: nil) == .unknown)
        #expect(most.state(of: 1.05, interval: nil) == .holds)
        #expect(try Gate("latency.median < 1.05").state(of: 1.05, interval: nil) == .fails)
        #expect(try Gate("latency.median > 1.05").state(of: 1.05, interval: nil) == .fails)
    }

    @Test func aSpecSaysWhatIsWrongWithAGate() throws {
        #expect {
            try GateSpec.spec.decode("evaluate: {models: a.onnx}\ngates: {fast: latency.p99 <= 3 furlongs}\n")
        } throws: { error in
            "\(error)".contains("'furlongs' is no unit of latency.p99")
        }
        #expect {
            try GateSpec.spec.decode("evaluate: {models: a.onnx}\ngates: {fast: latency.p99 <= 1.1}\n")
        } throws: { error in
            "\(error)".contains("there is no baseline")
        }
        #expect(throws: SpecErrors.self) { try GateSpec.spec.decode("evaluate: {models: a.onnx}\ngates: {}\n") }
    }

    private func bench() throws -> FakeBench {
        var slow = FakeModel()
        slow.toldMicroseconds = 3000
        var wrong = slow
        wrong.arithmetic = .double
        return try FakeBench(["1": slow, "2": wrong])
    }

    /// Long enough for an interval of the median on a busy machine.
    private func evaluation(_ bench: FakeBench, _ versions: [String]) -> EvaluateSpec {
        var spec = bench.spec(versions)
        spec.measure.duration = .milliseconds(60)
        return spec
    }

    private func gates(_ lines: [String]) throws -> GateLists {
        var lists = GateLists()
        lists.fast = try lines.map { try Gate($0) }
        return lists
    }

    @Test func figuresAreHeldToBounds() async throws {
        let bench = try bench()
        var spec = GateSpec()
        spec.evaluation = evaluation(bench, ["1", "2"])
        spec.gates = try gates(["latency.median <= 1 s", "latency.median <= 1 ms on fake 1", "latency.p50 <= 1 s"])
        spec.gates.itself = [try Gate("agreement.outputs <= 1e-4")]
        let (archive, results) = try await GateStudy(bench.context).run(
            spec, effective: GateSpec.spec.effective(spec), baseline: nil)
        #expect(results.map(\.state) == [.holds, .holds, .fails, .unknown, .fails], "\(results)")
        #expect(results[2].subject == "fake.onnx on fake 1")
        #expect(archive.record.study == "gate" && archive.record.exhibits.first?.name == "gates")
        #expect(archive.record.verdicts.filter { $0.statement.hasPrefix("gate") }.count == 5)
        try archive.verify()
    }

    @Test func ratiosAreTakenToTheBaseline() async throws {
        let bench = try bench()
        let baseline = try await bench.run(evaluation(bench, ["1"]))
        var spec = GateSpec()
        spec.evaluation = evaluation(bench, ["1"])
        spec.baseline = "baseline.json"
        spec.drift = 0.5
        spec.gates = try gates(["latency.median <= 5", "latency.median <= 0.2"])
        let (_, results) = try await GateStudy(bench.context).run(
            spec, effective: GateSpec.spec.effective(spec), baseline: baseline)
        #expect(results.map(\.state) == [.holds, .fails], "\(results)")
        #expect(results.allSatisfy { $0.quantity?.unit == .ratio })
    }

    @Test func theStartingFileIsAGateFile() async throws {
        let bench = try bench()
        let evaluation = evaluation(bench, ["1"])
        let archive = try await bench.run(evaluation)
        let yaml = GateStarter(evaluation, archive.record, baseline: "b.json").yaml
        let spec = try GateSpec.spec.decode(yaml).value
        #expect(spec.baseline == "b.json" && spec.evaluation.models.map(\.model) == ["fake.onnx"])
        #expect(spec.gates.fast.contains { $0.metric == "memory.peak" }, "\(yaml)")
    }
}
