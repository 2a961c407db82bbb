import Engines
import Foundation
import Graphs
import Records
import Studies
import Tensors
import TestKit
import Testing
import Timelines

/// The study behind `assay trace` on engines whose layers are known.
@Suite("Levels of a trace", .timeLimit(.minutes(10)))
struct TraceTests {
    /// A model of nodes that sleep: `Identity 0` and on.
    private func model(_ microseconds: [Int], _ change: (inout FakeModel) -> Void = { _ in }) -> FakeModel {
        var model = FakeModel()
        model.inputs = microseconds.indices.map { "n\($0)" }
        model.layers = microseconds.enumerated().map { FakeModel.Layer("n\($0)_out", microseconds: $1) }
        change(&model)
        return model
    }

    /// So many nodes one after the other from each input to its output: `n2.0`, `n2.1` and on for the third input.
    private func nodes(of chains: [Int]) -> [Node] {
        chains.enumerated().flatMap { branch, length in
            (0..<length).map { place in
                Node(
                    "Neg", inputs: [place == 0 ? "n\(branch)" : "n\(branch)_\(place)"],
                    outputs: [place == length - 1 ? "n\(branch)_out" : "n\(branch)_\(place + 1)"],
                    name: "n\(branch).\(place)")
            }
        }
    }

    private func trace(
        _ models: [String: FakeModel], levels: [Timeline.Level] = Timeline.Level.allCases, rounds: Int = 2,
        processes: Int = 1, chains: [Int] = [], change: (inout TraceSpec) -> Void = { _ in }
    ) async throws -> Trace.Result {
        let bench = try FakeBench(models)
        if !chains.isEmpty { try bench.write(models, to: "fake.onnx") { $0.graph.nodes = nodes(of: chains) } }
        var spec = TraceSpec()
        spec.evaluation = bench.spec(models.keys.sorted())
        spec.levels = levels
        spec.rounds = rounds
        spec.processes = processes
        spec.burst = .milliseconds(10)
        spec.warmup = .milliseconds(1)
        spec.runs = 20
        spec.samples = 2
        change(&spec)
        return try await bench.run(spec)
    }

    @Test("a stack that never settles has a note, once; one that was told not to warm up has none")
    func neverSettles() async throws {
        // From 5 ms on 5 ms longer each time: more than sleeps of a busy machine are late.
        let growing = model([100]) {
            $0.runMicroseconds = 5000
            $0.growth = 1
        }
        for warmup in [Duration.milliseconds(120), .zero] {
            let record = try await trace(["1": growing], levels: [.model], processes: 2) { $0.warmup = warmup }.archive
                .record
            let notes = record.notes.filter { $0.contains("warm-up") }
            #expect(notes.count == (warmup == .zero ? 0 : 1), "\(notes)")
            #expect(notes.allSatisfy { $0.hasPrefix("fake 1: ") })
            #expect(record.metric("warmup.time", [Label.stack: "fake 1"])?.value ?? 0 >= warmup / .nanoseconds(1))
        }
    }

    // MARK: - Layers

    /// Twenty models of eight chains of one to three nodes, each a step of random length, one of which sleeps 5 ms longer.
    ///
    /// Of a step that stands for several nodes the profiler tells the values alone, by the model's names.
    /// `Claims/trace-injected-sleep.yaml` counts the seeds for which the right nodes are found.
    @Test("a sleep injected into one layer is found at its node", arguments: 1...20)
    func injectedSleep(seed: Int) async throws {
        var random = SplitMix64(seed: UInt64(seed))
        var times = (0..<8).map { _ in random.integer(in: 100...600) }
        let slow = random.integer(in: 0...7)
        times[slow] += 5000
        let chains = times.map { _ in random.integer(in: 1...3) }
        let told = model(times) { model in
            for (branch, length) in chains.enumerated() where length > 1 {
                model.layers[branch] = FakeModel.Layer(
                    fusing: ["n\(branch)"], into: ["n\(branch)_out"], microseconds: times[branch])
            }
        }
        let result = try await trace(["1": told], levels: [.model, .layer], chains: chains) {
            $0.burst = .milliseconds(60)
        }
        let layers = result.archive.record.metrics("layer.time", [Label.stack: "fake 1"])
        #expect(layers.count == 8)
        let longest = layers.max { ($0.value ?? 0) < ($1.value ?? 0) }
        // The last node of a chain leads it; that the others are with it, their number tells.
        let others = chains[slow] - 1
        let title = "n\(slow).\(others)" + (others > 0 ? " and \(others) more" : "")
        #expect(longest?.labels["layer"] == title, "seed \(seed): \(layers)")
        #expect(longest?.value ?? 0 >= 5_000_000)
    }

    @Test("each number comes from the shallowest level, and the ledger has every level")
    func ledger() async throws {
        let result = try await trace(["1": model([1000, 2000])], processes: 3)
        let record = result.archive.record
        let latency = try #require(record.metric("latency.median", ["level": "model"]))
        #expect(latency.value ?? 0 >= 3_000_000 && latency.interval != nil)
        for level in ["application", "layer", "system"] {
            let overhead = try #require(record.metric("overhead", ["level": level]))
            // How much is a matter of the machine; that it is known is not.
            #expect((0.1...20).contains(overhead.value ?? 0), "\(overhead)")
            #expect(overhead.interval?.method == "student-t over processes")
        }
        let library = try #require(record.metric("overhead", ["level": "library"]))
        guard case .unavailable(let reason) = library.kind else {
            Issue.record("\(library)")
            return
        }
        #expect(reason.contains("oneDNN"))
        #expect(record.metrics("step.time").count == 3)
        #expect(record.metric("counter.switches.voluntary")?.value ?? 0 >= 2)
        #expect(record.exhibits.first?.name == "ledger")
        #expect(record.exhibits.contains { $0.content.kind == "flame-graph" })
        #expect(Set(record.series.map { $0.labels["level"] ?? "" }).isSuperset(of: ["application", "model", "layer"]))
        try result.archive.verify()
    }

    @Test("an engine without a profiler is traced at all other levels, and says so")
    func noProfiler() async throws {
        let result = try await trace(["1": model([500]) { $0.hasProfiler = false }], levels: [.layer, .library])
        let overhead = try #require(result.archive.record.metric("overhead", ["level": "layer"]))
        #expect(overhead.description.contains("no profiler"), "\(overhead)")
        #expect(result.archive.record.outcomes.allSatisfy { $0.isCompleted })
        #expect(result.archive.record.metrics("layer.time").isEmpty)
    }

    /// Of times that the profiler is told, so that every share is known.
    @Test("the record says in words which layers take longest, what lies outside of them, and what looking cost")
    func statements() async throws {
        let result = try await trace(
            ["1": model([100, 500, 300, 100]) { $0.toldOutside = 250 }], levels: [.layer, .system])
        let record = result.archive.record
        try #require(record.verdicts.count == 3)
        #expect(record.verdicts.allSatisfy { $0.question == .why && $0.subject == "fake 1" && $0.record == record.id })
        let (longest, outside, cost) = (record.verdicts[0], record.verdicts[1], record.verdicts[2])
        #expect(
            longest.statement.hasPrefix("of 4 layers Identity 1 (Identity) 50.0 %")
                && longest.statement.contains(", Identity 2 (Identity) 30.0 %")
                && longest.statement.hasSuffix("together 90.0 % of the time of all"), "\(longest.statement)")
        #expect(longest.state == .holds && longest.metric == record.metric("layer.share", ["layer": "Identity 1"]))
        #expect(longest.metric?.value == 0.5 && longest.metric?.interval?.lower == 0.5)
        #expect(outside.statement.hasPrefix("20.0 %"), "\(outside.statement)")
        #expect(outside.state == .holds && outside.metric?.name == "layers.outside")
        #expect(abs((outside.metric?.value ?? 0) - 0.2) < 1e-12)
        let overhead = try #require(record.metric("overhead", ["level": "layer"]))
        #expect(cost.metric == overhead)
        let system = try #require(record.metric("overhead", ["level": "system"]))
        let isTold = [overhead, system].allSatisfy { ratio in
            ratio.interval.map { $0.upper - $0.lower < ratio.value ?? 0 } ?? false
        }
        #expect((cost.state == .holds) == isTold, "\(cost)")
        #expect(
            cost.statement.contains("at its layers \(overhead.unit.format(overhead.value ?? 0, overhead.interval))")
                && cost.statement.contains("at counters of the system "), "\(cost.statement)")
    }

    @Test("layers that take equally long are not told apart")
    func equalLayers() async throws {
        let result = try await trace(["1": model([200, 200]) { $0.toldOutside = 0 }], levels: [.layer])
        #expect(result.archive.record.verdicts.first?.state == .unknown)
    }

    @Test("without intervals nothing is told apart")
    func oneRound() async throws {
        let result = try await trace(["1": model([500, 4000])], levels: [.layer], rounds: 1)
        #expect(result.archive.record.verdicts.map(\.state) == [.unknown, .unknown, .unknown])
    }

    @Test("layers without start times are placed in order, which process, spans, lane and caption say")
    func withoutStarts() async throws {
        let told = try await trace(["1": model([300, 600])], levels: [.layer])
        let untold = try await trace(["1": model([300, 600]) { $0.tellsStarts = false }], levels: [.layer])
        for (result, isTold) in [(told, true), (untold, false)] {
            let layers = result.timeline.spans.filter { $0.level == .layer }
            #expect(layers.count == 6 && layers.allSatisfy { $0.isPlacedInOrder != isTold })
            let process = try #require(result.timeline.processes.first { $0.id == 12 })
            #expect(process.name.contains("without start times") != isTold, "\(process.name)")
            let drawn = try #require(result.archive.record.exhibits.first { $0.name.hasPrefix("timeline-") })
            #expect(drawn.caption.contains("not when they begin") != isTold)
            guard case .timeline(let chart) = drawn.content else {
                Issue.record("\(drawn.content.kind)")
                continue
            }
            #expect(chart.lanes.contains { $0.name == (isTold ? "layers" : "layers, in order") })
            let shown = try TimelineReport(result.timeline, title: "t").exhibits.first { $0.name == "timeline" }
            #expect(shown?.caption.contains("6 of 12 spans do not say when") != isTold, "\(shown?.caption ?? "")")
        }
    }

    // MARK: - Library

    @Test("what the library of kernels prints becomes calls, shared out among the runs")
    func libraryCalls() async throws {
        let lines = """
            onednn_verbose,exec,cpu,convolution,jit:avx2,forward_inference,src_f32,,,mb1ic3,0.5
            onednn_verbose,exec,cpu,convolution,jit:avx2,forward_inference,src_f32,,,mb1ic8,0.25
            onednn_verbose,exec,cpu,softmax,jit:avx2,forward_inference,src_f32,,,1x10,0.125
            """
        let result = try await trace(["1": model([200]) { $0.prints = lines }], levels: [.library])
        let record = result.archive.record
        let time = try #require(record.metric("call.time", ["call": "convolution"]))
        #expect(abs((time.value ?? 0) - 750_000) < 1, "\(time)")
        #expect(record.metric("call.count", ["call": "convolution"])?.value == 2)
        #expect(record.metric("call.count", ["call": "softmax"])?.value == 1)
    }

    // MARK: - Timeline

    @Test("the timeline has a process for each level, spans in their runs, and goes through every format")
    func timeline() async throws {
        let result = try await trace(["1": model([300, 600])], levels: [.application, .model, .layer, .system])
        let timeline = result.timeline
        #expect(timeline.problems().isEmpty, "\(timeline.problems())")
        #expect(timeline.processes.map(\.id) == [10, 11, 12, 14])
        #expect(timeline.processes.allSatisfy { $0.name.hasPrefix("fake 1, level ") })
        let layers = timeline.spans.filter { $0.level == .layer }
        #expect(layers.count == 6 && Set(layers.map(\.name)) == ["Identity 0", "Identity 1"])
        let runs = Set(timeline.spans.filter { $0.name == "run" && $0.track.process == 12 }.map(\.id))
        #expect(layers.allSatisfy { $0.parent.map(runs.contains) ?? false })
        let now = Int64(Date().timeIntervalSince1970 * 1e9)
        #expect(timeline.spans.allSatisfy { $0.start > now - 600_000_000_000 && $0.end <= now })
        let id = try #require(OTLPTraceID(high: 1, low: 2))
        for format in TimelineFormat.allCases {
            let bytes = try TimelineFile(timeline, id: id).write(as: format)
            let read = try TimelineFile(bytes, subject: "t", id: id).timeline
            if format != .folded { #expect(read.spans.count == timeline.spans.count, "\(format)") }
        }
        let drawn = try TimelineReport(timeline, title: "t")
        #expect(drawn.exhibits.map(\.content.kind) == ["flame-graph", "timeline", "table", "table"])
    }

    // MARK: - Failures

    @Test("a stack that crashes is an outcome; the others are traced")
    func crash() async throws {
        let result = try await trace(
            ["1": model([200]) { $0.onRun = .signal(SIGKILL) }, "2": model([200])], levels: [.model, .layer])
        let record = result.archive.record
        #expect(record.outcomes.map(\.state) == [.crashed(signal: SIGKILL), .completed])
        #expect(record.metric("latency.median", [Label.stack: "fake 2"])?.value ?? 0 > 0)
        let lost = try #require(record.metric("latency.median", [Label.stack: "fake 1"]))
        #expect(lost.value == nil)
    }

    @Test("several models are refused")
    func severalModels() async throws {
        await #expect(throws: StudyError.self) {
            _ = try await trace(["1": model([200])]) { $0.evaluation.models.append(ModelSpec("fake.onnx")) }
        }
    }

    @Test("energy is modelled only from a given power, and says so")
    func energy() async throws {
        let result = try await trace(["1": model([1000])], levels: [.model, .hardware]) { $0.power = 50 }
        let energies = result.archive.record.metrics("energy.run")
        let modelled = try #require(energies.first { $0.kind == .modelled })
        let latency = try #require(result.archive.record.metric("latency.median")?.value)
        #expect(abs((modelled.value ?? 0) - 50 * latency / 1e9) < 1e-9)
        #expect(energies.count == 2 && energies.contains { $0.labels["level"] == "hardware" && $0.kind != .modelled })
    }
}
