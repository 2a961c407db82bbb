import Assets
import Engines
import Foundation
import Records
import Specs
import Studies
import TestKit
import Testing

/// The self-test on the product's own worker; times are bounded only where others on the machine cannot reach.
@Suite(.enabled(if: TestWorker.product != nil, "the worker was not built"), .timeLimit(.minutes(5)))
struct SelfTestTests {
    private func run(_ spec: SelfTestSpec) async throws -> Record {
        let worker = try #require(TestWorker.product)
        let context = StudyContext(
            model: { path in
                ResolvedModel(name: path, path: path, digest: try SHA256.digest(ofFile: path), bytes: 1)
            },
            stack: { PreparedStack(request: $0, title: $0.title(version: "1")) }, folder: { _ in "." },
            resources: .files(relativeTo: "."), launcher: Launcher(name: "test", prefix: [], worker: worker),
            machine: SampleRecord.machine, tool: "test")
        return try await SelfTest(context).run(spec, effective: SelfTestSpec.spec.effective(spec)).record
    }

    private var short: SelfTestSpec {
        var spec = SelfTestSpec.quick
        spec.processes = 2
        spec.duration = .milliseconds(80)
        spec.latencies = [.milliseconds(1)]
        spec.watch = .milliseconds(600)
        spec.pairs = 3
        spec.budget = .seconds(2)
        spec.stack = StackRequest("calibration", options: EngineOptions(extra: ["latency": "200us"]))
        return spec
    }

    @Test func knownTimesAndOverheadAreMeasured() async throws {
        var spec = short
        spec.parts = [.overhead, .truth]
        let record = try await run(spec)
        let bias = try #require(record.metric("bias", ["latency": "1.00 ms"]))
        // Nothing is measured shorter than it was.
        #expect(try #require(bias.value) >= 0 && bias.count == 2)
        #expect(try #require(record.metric("overhead.call")?.value) > 0)
        #expect(try #require(record.metric("overhead.sample")?.value) > 0)
        #expect(record.series.count == 1 && record.series[0].labels == ["latency": "1.00 ms"])
        #expect(record.exhibits.map(\.name) == ["overhead", "truth"])
        // What it resolves was not asked.
        #expect(record.machine.instrument == nil)
    }

    @Test func competitorsAreNamed() async throws {
        var spec = short
        spec.parts = [.disturbances]
        let record = try await run(spec)
        let metrics = record.metrics("disturbance.named")
        #expect(metrics.count == 6 && metrics.allSatisfy { $0.count == 1 })
        #expect(record.metric("disturbance.named", ["disturbance": "competitor"])?.value == 1)
        #expect(record.verdicts.count == 1)
    }

    @Test func anEngineIsComparedWithItself() async throws {
        var spec = short
        spec.parts = [.resolution]
        let record = try await run(spec)
        let metric = try #require(record.metrics("resolution").first)
        guard let value = metric.value else {
            // On a machine that is very busy two pairs of processes do not fit into the budget: then nothing is claimed.
            #expect(metric.description.contains("too few comparisons") && record.machine.instrument == nil)
            return
        }
        #expect(value >= 0 && metric.count == 3)
        #expect(try #require(metric.interval).contains(value))
        let test = try #require(record.machine.instrument)
        #expect(test.resolution == value && test.record == record.id && test.isQuick)
        #expect(record.machine.instrumentSentence.contains("quick self-test of"))
        let again = try Record(json: Data(try record.json().canonical.utf8))
        #expect(again == record)
    }

    @Test func whatWasFoundIsKeptByMachine() throws {
        let folder = try TemporaryFolder()
        let file = InstrumentFile(home: folder.path)
        let here = SampleRecord.machine
        #expect(file.test(on: here) == nil)
        let record = SampleRecord.record
        let test = InstrumentTest(resolution: 0.004, tested: record.created, tool: "assay 1", record: record.id)
        try file.note(test, on: here)
        #expect(file.test(on: here) == test)
        var busy = here
        busy.load = [9, 9, 9]
        #expect(file.test(on: busy) == test, "what else the machine does makes it no other one")
        var other = here
        other.processor = "Another CPU"
        #expect(file.test(on: other) == nil)
        try file.note(InstrumentTest(resolution: 0.1, tested: .now, tool: "assay 1", record: record.id), on: other)
        try file.note(InstrumentTest(resolution: 0.003, tested: .now, tool: "assay 2", record: record.id), on: here)
        #expect(file.test(on: here)?.resolution == 0.003 && file.test(on: other)?.resolution == 0.1)
        try Data("{".utf8).write(to: URL(fileURLWithPath: folder.file("instrument.json")))
        #expect(file.test(on: here) == nil)
        #expect(throws: RecordError.self) {
            try InstrumentFile(home: folder.file("absent")).note(test, on: here)
        }
    }

    @Test func sentencesSayWhatIsKnown() {
        var machine = SampleRecord.machine
        #expect(machine.instrumentSentence == "this instrument was never tested on this machine: assay selftest")
        machine.instrument = InstrumentTest(
            resolution: 0.0042, tested: SampleRecord.record.created, tool: "assay 1", record: SampleRecord.record.id)
        #expect(
            machine.instrumentSentence
                == "on this machine this instrument resolves 0.42 % (self-test of 2026-07-29)")
    }
}
