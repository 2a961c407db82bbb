import Assets
import Engines
import Foundation
import Graphs
import Operators
import Records
import Specs
import Studies
import TestKit
import Testing

/// The node cases of the onnx package on every engine that is installed, against the lists in `Conformance/`.
@Suite struct ConformanceTests {
    static let lists = Repository.root.appendingPathComponent("Conformance").path
    /// The cases of `$ASSAY_HOME`; `nil` where they were not generated.
    static let cases: NodeCases? = {
        let fetcher = ArtifactFetcher(home: AssayHome(), isOffline: true)
        return try? NodeCaseLibrary(fetcher: fetcher, folder: lists).kept()
    }()
    static let absence: Comment = "the node cases are not generated: assay provision --conformance"

    static func isReady(_ engine: InstalledEngine) -> Bool { engine.isReady && cases != nil }

    static func reason(_ engine: InstalledEngine) -> Comment { cases == nil ? absence : engine.reason }

    @Test(.enabled(if: isReady(.native), reason(.native)))
    func casesOnTheNativeEngine() async throws { try await hold(.native) }

    @Test(.enabled(if: isReady(.onnxRuntime), reason(.onnxRuntime)))
    func casesOnONNXRuntime() async throws { try await hold(.onnxRuntime) }

    @Test(.enabled(if: isReady(.openVINO), reason(.openVINO)))
    func casesOnOpenVINO() async throws { try await hold(.openVINO) }

    /// Each case is on the side that the engine's list says.
    private func hold(_ engine: InstalledEngine) async throws {
        let worker = try #require(TestWorker.product)
        let cases = try #require(Self.cases)
        var spec = ConformanceSpec()
        spec.stacks = [StackRequest(engine.name).keepingDenormals]
        let findings = try await Conformance(engine.context(worker: worker), cases: cases).findings(spec)
        let stack = try #require(findings.stacks.first)
        #expect(stack.outcome == .completed, "\(stack.log)")
        let former = ConformanceList(engine: engine.name, in: Self.lists)
        let found = try #require(ConformanceList(stack, keepingReasonsOf: former))
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
            let path = "\(Self.lists)/\(ConformanceList.fileName(engine: engine.name))"
            try found.text.write(toFile: path, atomically: true, encoding: .utf8)
        }
        let list = try #require(ConformanceList(engine: engine.name, in: Self.lists))
        #expect(list.engine == found.engine, "the list was made with another build")
        let words = Dictionary(stack.results.map { ($0.name, $0.side.why) }, uniquingKeysWith: { $1 })
        for name in Set(list.entries.keys).union(found.entries.keys).sorted() {
            let (listed, present) = (list.entries[name]?.side ?? "absent", found.entries[name]?.side ?? "absent")
            guard listed != present else { continue }
            Issue.record("\(name): \(present) on \(found.engine) (\(words[name] ?? "")), and \(listed) in the list")
        }
        if engine.name == "native" { #expect(list.unexplained.isEmpty, "cases without a written reason") }
    }

    /// What passes on the native engine passes on the reference kernels alone, and shape inference says nothing false.
    @Test(.enabled(if: cases != nil, absence)) func referenceKernelsAndInferredTypesHold() throws {
        let cases = try #require(Self.cases)
        let list = try #require(ConformanceList(engine: "native", in: Self.lists))
        for name in cases.names where list.entries[name]?.side == "passes" {
            let entry = try NodeCase(name, in: cases)
            do {
                let outputs = try PreparedInterpreter(entry.model).run(values: entry.inputs)
                if let words = entry.difference(outputs) { Issue.record("\(name): \(words)") }
                if let words = try TypeCompatibility.falsehood(of: entry.model, outputs) {
                    Issue.record("\(name): \(words)")
                }
            } catch {
                Issue.record("\(name): \(error)")
            }
        }
    }

    /// Every kind of end, on an engine that misbehaves on demand: what the study calls passing is not given away.
    @Test(.timeLimit(.minutes(10))) func everySideIsTold() async throws {
        let folder = try NodeCaseFolder()
        try folder.add("test_a_copies")
        var behaviour = FakeModel()
        behaviour.onRun = .signal(11)
        try folder.add("test_b_crashes", behaviour)
        try folder.add("test_c_differs", due: [1, 2, 3, 4.01])
        try folder.add("test_d_is_within_bounds", due: [1, 2, 3, 4.0039])
        try folder.add("test_e_is_no_sequence", due: nil)
        behaviour.onRun = .hang
        try folder.add("test_f_hangs", behaviour)
        behaviour.onRun = .error
        try folder.add("test_g_declines", behaviour)
        try folder.add("test_h_is_refused") { $0.metadata = [] }
        try folder.add("test_i_is_newer") { $0.opsets[""] = FakeEngine().capabilities.newestOpset + 1 }
        try folder.add("test_j_is_newer_and_differs", due: [0, 2, 3, 4]) { $0.irVersion = 99 }
        try folder.add("test_k_is_drawn", due: [0, 0, 0, 0]) { $0.graph.nodes[0].operatorType = "Bernoulli" }
        try folder.add("test_l_is_short", due: [1, 2, 3])
        var spec = ConformanceSpec()
        spec.stacks = [StackRequest("fake")]
        // Longer than a busy machine takes for a case that does not hang.
        spec.limits.run = .seconds(5)
        let engine = InstalledEngine(named: "fake", libraries: "1")
        let study = Conformance(engine.context(worker: TestWorker.path), cases: folder.cases)
        let findings = try await study.findings(spec)
        let stack = try #require(findings.stacks.first)
        #expect(
            stack.results.map(\.side.word) == [
                "passes", "fails", "wrong", "passes", "wrong", "fails", "lacks", "lacks", "re-stamped", "wrong",
                "passes",
                "wrong",
            ])
        #expect(
            stack.results.filter(\.isStampRefused).map(\.name) == ["test_i_is_newer", "test_j_is_newer_and_differs"])
        let words = "1 of 4 elements, the worst at [3]: 4.0 should be 4.010000228881836"
        #expect(stack.results[2].side.why.hasSuffix(words))
        let record = try study.record(
            of: findings, spec, effective: ConformanceSpec.spec.effective(spec)
        ).record
        #expect(record.metric("conformance.passes", [Label.stack: "fake"])?.value == 3)
        #expect(record.metric("conformance.share", [Label.stack: "fake"])?.value == 0.25)
        #expect(record.metric("conformance.stamp-refused", [Label.stack: "fake"])?.value == 2)
        #expect(record.metric("conformance.fails", [Label.stack: "fake"])?.value == 2)
        #expect(record.outcomes.count { !$0.isCompleted } == 2)
    }

    @Test func aFilterThatFitsNothingIsRefused() async throws {
        let folder = try NodeCaseFolder()
        try folder.add("test_a")
        var spec = ConformanceSpec()
        spec.filter = "test_b"
        let engine = InstalledEngine(named: "fake", libraries: "1")
        let study = Conformance(engine.context(worker: TestWorker.path), cases: folder.cases)
        await #expect(throws: StudyError.self) { try await study.findings(spec) }
    }

    @Test func aListSurvivesItsTextAndKeepsReasons() throws {
        var stack = StackConformance(title: "some")
        stack.identity = EngineIdentity(name: "some", version: "1.2", build: "")
        stack.results = [
            ConformanceResult(name: "test_b", .wrong("by much")), ConformanceResult(name: "test_a", .passes),
            ConformanceResult(name: "test_c", .restamped, isStampRefused: true),
            ConformanceResult(name: "test_d", .lacks("words"), isStampRefused: true),
        ]
        let first = try #require(ConformanceList(stack))
        #expect(first.text.hasSuffix("\ntest_a passes\ntest_b wrong\ntest_c re-stamped\ntest_d re-stamped-lacks\n"))
        #expect(first.counts == [1, 2, 1, 1, 1, 0])
        #expect(first.unexplained == ["test_b", "test_d"])
        let written = first.text.replacing("test_b wrong", with: "test_b wrong: it rounds: half away from zero")
        let second = try #require(ConformanceList(text: written))
        #expect(second.text == written)
        #expect(second.unexplained == ["test_d"])
        #expect(try #require(ConformanceList(stack, keepingReasonsOf: second)).text == written)
        stack.results[0].side = .fails(.crashed(signal: 11))
        #expect(try #require(ConformanceList(stack, keepingReasonsOf: second)).unexplained == ["test_b", "test_d"])
        #expect(ConformanceList(text: "test_a passes") == nil)
    }

    /// The table of the page is made of the lists.
    @Test func thePageShowsWhatTheListsSay() throws {
        let path = Repository.root.appendingPathComponent("Documentation/conformance.md")
        let page = try String(contentsOf: path, encoding: .utf8)
        for engine in ["native", "onnxruntime", "openvino", "pytorch", "jax", "tensorflow", "litert"] {
            let list = try #require(ConformanceList(engine: engine, in: Self.lists))
            let row = "| \(list.engine) | " + list.counts.map(String.init).joined(separator: " | ") + " |"
            if !page.contains(row) { Issue.record("the page lacks the row \(row)") }
        }
    }
}
