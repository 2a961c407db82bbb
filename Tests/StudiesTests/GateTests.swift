import Engines
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
        spec.baseline = GateBaseline(record: "baseline.json")
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
        #expect(spec.baseline == GateBaseline(record: "b.json"))
        #expect(spec.evaluation.models.map(\.model) == ["fake.onnx"] && spec.evaluation.stacks == evaluation.stacks)
        #expect(spec.gates.fast.contains { $0.metric == "memory.peak" }, "\(yaml)")
    }

    /// What the starting file shows behind comment signs is what a gate file may say.
    @Test func theStartingFileShowsBaselinesThatRun() async throws {
        let bench = try bench()
        let yaml = GateStarter(
            evaluation(bench, ["1"]), try await bench.run(evaluation(bench, ["1"])).record, baseline: "b.json"
        )
        .yaml
        let lines = yaml.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let shown = lines.filter { $0.hasPrefix("# baseline: ") }
        #expect(shown.count == 2)
        for line in shown {
            let text = lines.filter { !$0.hasPrefix("baseline:") }.joined(separator: "\n") + line.dropFirst(2) + "\n"
            let baseline = try #require(try GateSpec.spec.decode(text).value.baseline)
            #expect(baseline.isSide && baseline.budget == .seconds(30))
        }
    }

    // MARK: - Beside a baseline

    private static let short = "evaluate: {models: a.onnx}\ngates: {fast: latency.median <= 1.1}\n"

    @Test func baselinesAreReadAndRefused() throws {
        func baseline(_ text: String) throws -> GateBaseline? {
            try GateSpec.spec.decode(Self.short + "baseline: \(text)\n").value.baseline
        }
        #expect(try baseline("old.json") == GateBaseline(record: "old.json"))
        #expect(try baseline("{record: old.json}") == GateBaseline(record: "old.json"))
        let side = try #require(try baseline("{model: old.onnx, stack: {engine: native, threads: 2}, budget: 5 s}"))
        #expect(side.isSide && side.model == "old.onnx" && side.stack?.options.threads == 2)
        for (text, reason) in [
            ("{}", "the baseline names nothing"), ("{budget: 5 s}", "the baseline names nothing"),
            ("{record: a.json, model: b.onnx}", "a record is not run"), ("{engine: native}", "unknown key"),
        ] {
            #expect {
                try baseline(text)
            } throws: { error in
                "\(error)".contains(reason)
            }
        }
        #expect {
            try GateSpec.spec.decode(
                "evaluate: {models: a.onnx}\nbaseline: b.json\ngates: {fast: warmup.time <= 1.1}\n")
        } throws: { error in
            "\(error)".contains("'warmup.time' is not compared")
        }
    }

    /// A candidate of 3 ms, and baselines of 3 and 1.5 ms: ratios of 1 and 2.
    private func contest(
        _ lines: [String], baseline version: String, versions: [String] = ["1"]
    ) async throws -> (archive: RecordArchive, gates: [GateResult]) {
        func model(_ microseconds: Int) -> FakeModel {
            var model = FakeModel()
            model.toldMicroseconds = microseconds
            return model
        }
        let bench = try FakeBench(["1": model(3000), "2": model(3000), "3": model(1500)])
        var spec = GateSpec()
        spec.evaluation = evaluation(bench, versions)
        var baseline = GateBaseline()
        baseline.stack = StackRequest.fake(version)
        baseline.budget = .seconds(300)
        baseline.processes = 3
        spec.baseline = baseline
        spec.gates = try gates(lines)
        let (archive, results) = try await GateStudy(bench.context).run(
            spec, effective: GateSpec.spec.effective(spec), baseline: nil)
        return (archive, results)
    }

    @Test func candidatesRunBesideTheirBaseline() async throws {
        let (archive, results) = try await contest(
            ["latency.median <= 1.5", "latency.median <= 2.5", "latency.median <= 1.5 on nothing"], baseline: "3")
        #expect(results.map(\.state) == [.fails, .holds, .unknown], "\(results)")
        let quantity = try #require(results[0].quantity)
        #expect(abs(quantity.value - 2) < 0.1 && quantity.unit == .ratio && quantity.interval != nil)
        #expect(results[0].reference == "baseline fake 3" && results[0].subject == "fake 1")
        #expect(results[2].reason.contains("no such candidate"))
        let record = archive.record
        #expect(record.study == "gate" && record.exhibits.first?.name == "gates")
        #expect(record.metrics("latency.median.ratio", ["against": "baseline fake 3"]).count == 1)
        #expect(record.exhibits.contains { $0.name == "baseline-answers" })
        #expect(record.series.count { $0.name == "baseline" } == 2)
        #expect(record.metrics("latency.median").count == 1, "the evaluation's figures are its own")
        try archive.verify()
    }

    @Test func equalsKeepATightBound() async throws {
        let (_, results) = try await contest(["latency.median <= 1.05", "latency.median >= 0.95"], baseline: "2")
        #expect(results.map(\.state) == [.holds, .holds], "\(results)")
    }

    @Test func theBaselineItselfIsNoCandidate() async throws {
        let (_, results) = try await contest(["latency.median <= 2.5"], baseline: "3", versions: ["1", "3"])
        #expect(results.map(\.subject) == ["fake 1"], "\(results)")
        await #expect {
            _ = try await contest(["latency.median <= 2.5"], baseline: "1")
        } throws: { error in
            (error as? StudyError)?.reason.contains("it is the candidate itself") ?? false
        }
    }

    /// The number of further units against the closed form: the half width t s / √n and a stray of z s / √n at the distance
    /// of the bound.
    @Test func whatIsUndecidedSaysWhatItNeeds() throws {
        let gate = try Gate("latency.median <= 1.05")
        let half = 0.03
        let interval = Interval(lower: 1.04 * exp(-half), upper: 1.04 * exp(half), level: 0.98, method: "test")
        let result = GateResult(gate, subject: "s", Quantity(1.04, .ratio, interval: interval, count: 2000))
        #expect(result.state == .unknown)
        // Many units: t is 2.326 at 98 %, and z of a chance of 80 % is 0.842.
        let unit = half / 2.3263 * 2000.0.squareRoot()
        let expected = pow((2.3263 + 0.8416) * unit / log(1.05 / 1.04), 2) - 2000
        let further = try #require(result.further)
        #expect(abs(Double(further) / expected - 1) < 0.01, "\(further) \(expected)")
        #expect("\(result)".contains("needs about \(further) more processes"))
        let told = GateResult(gate, subject: "s", Quantity(1.2, .ratio, interval: interval, count: 10))
        #expect(told.further == nil || told.state == .unknown)
        let fixed = GateResult(
            gate, subject: "s", Quantity(1.04, .ratio, interval: interval, count: 20), degreesOfFreedom: 0)
        #expect(fixed.state == .unknown && fixed.further == nil, "more of the same sessions would not tell")
    }

    /// What was measured is kept where the candidate's engine crashed and there is nothing to compare.
    @Test func aCandidateThatCrashesKeepsItsRecord() async throws {
        var (sound, crashing) = (FakeModel(), FakeModel())
        sound.toldMicroseconds = 3000
        crashing.onRun = .signal(SIGSEGV)
        let bench = try FakeBench(["1": sound, "2": crashing])
        let baseline = try await bench.run(evaluation(bench, ["1"]))
        var spec = GateSpec()
        spec.evaluation = evaluation(bench, ["2"])
        spec.baseline = GateBaseline(record: "baseline.json")
        spec.gates = try gates(["latency.median <= 1.05"])
        let (archive, results) = try await GateStudy(bench.context).run(
            spec, effective: GateSpec.spec.effective(spec), baseline: baseline)
        #expect(results.map(\.state) == [.unknown] && results[0].reason.contains("fake 2 crashed"), "\(results)")
        #expect(archive.record.outcomes.map(\.state) == [.crashed(signal: SIGSEGV)])
    }
}
