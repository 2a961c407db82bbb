import Engines
import Foundation
import Operators
import Records
import Specs
import Studies
import TestKit
import Testing

/// The examples of the operators on every engine that is installed, against the lists in `Conformance/`.
@Suite struct OperatorSupportTests {
    @Test(.enabled(if: InstalledEngine.native.isReady, InstalledEngine.native.reason))
    func examplesOfTheNativeEngine() async throws { try await hold(.native) }

    @Test(.enabled(if: InstalledEngine.onnxRuntime.isReady, InstalledEngine.onnxRuntime.reason))
    func examplesOfONNXRuntime() async throws { try await hold(.onnxRuntime) }

    @Test(.enabled(if: InstalledEngine.openVINO.isReady, InstalledEngine.openVINO.reason))
    func examplesOfOpenVINO() async throws { try await hold(.openVINO) }

    /// The examples that agree on an engine are those of its list.
    private func hold(_ engine: InstalledEngine) async throws {
        let worker = try #require(TestWorker.product)
        var spec = OperatorSupportSpec()
        spec.stacks = [StackRequest(engine.name)]
        let findings = try await OperatorSupport(engine.context(worker: worker)).findings(spec)
        let support = try #require(findings.stacks.first)
        #expect(support.outcome == .completed, "\(support.log)")
        let found = try #require(PassingList(support))
        let file = Repository.root.appendingPathComponent(
            "Conformance/\(PassingList.fileName(engine: engine.name))")
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
            try found.text.write(to: file, atomically: true, encoding: .utf8)
        }
        let list = try #require(PassingList(text: try String(contentsOf: file, encoding: .utf8)))
        #expect(list.engine == found.engine, "the list was made with another build")
        let states = Dictionary(support.cases.map { ($0.path, $0.state) }, uniquingKeysWith: { $1 })
        for path in list.cases.subtracting(found.cases).sorted() {
            Issue.record("\(path) no longer agrees on \(found.engine): \(states[path].map { "\($0)" } ?? "it is gone")")
        }
        for path in found.cases.subtracting(list.cases).sorted() {
            Issue.record("\(path) agrees on \(found.engine) and is missing in the list")
        }
    }

    /// A negative control: what the study calls agreement is not given away.
    @Test(.enabled(if: TestWorker.product != nil, "assay-worker is not built beside the tests"))
    func theRecordCountsWhatItShows() async throws {
        let worker = try #require(TestWorker.product)
        let engine = InstalledEngine(named: "native", libraries: nil)
        var spec = OperatorSupportSpec()
        spec.operators = ["Add", "Sequence"]
        spec.stacks = [StackRequest("native"), StackRequest("no-such-engine")]
        spec.measure.enabled = true
        spec.measure.rounds = 2
        spec.measure.duration = .milliseconds(1)
        spec.measure.warmup = .zero
        let study = OperatorSupport(engine.context(worker: worker))
        let record = try await study.run(spec, effective: OperatorSupportSpec.spec.effective(spec)).record
        let add = try #require(OperatorCatalogue.standard.find(domain: "", name: "Add")).examples.count
        let first = [Label.stack: "native"]
        #expect((record.metric("operators.agree", first)?.value ?? 0) >= Double(add))
        #expect(record.metric("operators.differ", first)?.value == 0)
        #expect(record.metrics.count { $0.name == "latency.median" && $0.labels["operator"] == "Add" } == add)
        #expect(record.outcomes.map(\.isCompleted) == [true, false], "an engine that does not exist is an outcome")
        #expect(record.metric("operators.agree", [Label.stack: "native #2"]) == nil)
    }

    @Test func anUnknownNameIsRefused() {
        #expect(throws: StudyError.self) { try OperatorChoice.operators(named: ["Conv", "Gem"]) }
    }

    @Test func aListSurvivesItsText() throws {
        var support = StackSupport(title: "some")
        support.identity = EngineIdentity(name: "some", version: "1.2", build: "")
        support.cases = [
            SupportCase(target: "Add", example: "b, #2", .agrees(0)),
            SupportCase(target: "Add", example: "a", .agrees(0)),
            SupportCase(target: "Add", example: "c", .differs("by much")),
        ]
        let list = try #require(PassingList(support))
        #expect(list.cases == ["Add/a", "Add/b, #2"])
        #expect(PassingList(text: list.text) == list)
        #expect(list.text.hasSuffix("Add/a\nAdd/b, #2\n"))
        #expect(PassingList(text: "Add/a") == nil)
    }
}
