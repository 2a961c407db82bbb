import Assets
import Engines
import Foundation
import Graphs
import Records
import Studies
import Specs
import TestKit

/// What a study works with when its engine is the fake one: models with a behaviour for each version of it.
final class FakeBench: Sendable {
    private let folder: TemporaryFolder

    /// Writes the one model, `fake.onnx`, with a behaviour for each version of the engine.
    init(_ behaviours: [String: FakeModel]) throws {
        folder = try TemporaryFolder()
        try FakeModel.onnx(behaviours).write(to: folder.file("fake.onnx"))
    }

    /// The path of a file beside the model.
    func file(_ name: String) -> String { folder.file(name) }

    /// A short evaluation of the model on these versions.
    func spec(_ versions: [String]) -> EvaluateSpec {
        var spec = EvaluateSpec()
        spec.models = [ModelSpec("fake.onnx")]
        spec.stacks = versions.map { StackRequest.fake($0) }
        spec.contest = .zero
        spec.measure.rounds = 3
        spec.measure.duration = .milliseconds(5)
        spec.measure.warmup = .milliseconds(1)
        spec.measure.samples = 20
        // Where all tests run at once a worker may be long in starting, which is nothing that they are about.
        spec.limits.start = .seconds(300)
        return spec
    }

    /// Carries a spec out.
    func run(_ spec: EvaluateSpec) async throws -> RecordArchive {
        try await Evaluate(context).run(spec, effective: EvaluateSpec.spec.effective(spec))
    }

    /// Carries a benchmark out.
    func run(_ spec: BenchSpec) async throws -> RecordArchive {
        try await Bench(context).run(spec, effective: BenchSpec.spec.effective(spec))
    }

    /// Writes a file beside the model.
    func write(_ text: String, to name: String) throws {
        try text.write(toFile: folder.file(name), atomically: true, encoding: .utf8)
    }

    /// Carries a study of load out.
    func run(_ spec: LoadSpec) async throws -> RecordArchive {
        try await Load(context).run(spec, effective: LoadSpec.spec.effective(spec))
    }

    /// Carries a study of stability out.
    func run(_ spec: StabilitySpec) async throws -> RecordArchive {
        try await Stability(context).run(spec, effective: StabilitySpec.spec.effective(spec))
    }

    /// Traces the model.
    func run(_ spec: TraceSpec) async throws -> Trace.Result {
        try await Trace(context).run(spec, effective: TraceSpec.spec.effective(spec))
    }

    /// Carries a comparison out.
    func run(_ spec: CompareSpec) async throws -> (archive: RecordArchive, findings: CompareFindings) {
        try await Compare(context).run(spec, effective: CompareSpec.spec.effective(spec))
    }

    /// Replays a record; `kept` are files that are found by their hash.
    func replay(_ archive: RecordArchive, _ spec: ReplaySpec = ReplaySpec(), kept: [String] = []) async throws
        -> RecordArchive
    {
        let (context, paths) = (context, kept.map(folder.file))
        let sources = ReplaySources(
            stored: { digest in paths.first { (try? SHA256.digest(ofFile: $0)) == digest } },
            stack: { request, _ in try context.stack(request) })
        return try await Replay(context, sources: sources).run(archive, spec)
    }

    /// Writes another model beside the first.
    func write(_ behaviours: [String: FakeModel], to name: String, change: (inout Model) -> Void = { _ in }) throws {
        var model = try FakeModel.onnx(behaviours)
        change(&model)
        try model.write(to: folder.file(name))
    }

    /// Carries a question for the COST out.
    func run(_ spec: CostSpec) async throws -> RecordArchive {
        try await Cost(context).run(spec, effective: CostSpec.spec.effective(spec))
    }

    /// What studies work with here.
    var context: StudyContext {
        let folder = folder
        return StudyContext(
            model: { name in
                let path = folder.file(name)
                return ResolvedModel(name: name, path: path, digest: try SHA256.digest(ofFile: path), bytes: 1)
            }, form: { try ResolvedForm($0, folder: folder.path) },
            stack: { request in
                // The fake engine takes its version for the folder of its libraries.
                let version = request.environment["FAKE_VERSION"] ?? "1"
                var stack = PreparedStack(
                    request: request, title: "fake \(version)", libraries: version, version: version)
                if case .launched(let words) = request.place {
                    stack.launcher = Launcher(
                        name: words.joined(separator: " "), prefix: words, worker: TestWorker.path)
                }
                return stack
            },
            folder: { _ in folder.path }, resources: .files(relativeTo: folder.path), launcher: TestWorker.launcher,
            machine: SampleRecord.machine, tool: "test")
    }
}

extension StackRequest {
    /// A version of the fake engine.
    static func fake(_ version: String) -> StackRequest {
        StackRequest("fake", environment: ["FAKE_VERSION": version])
    }
}

extension Record {
    /// The first metric of a name that has these labels, whatever others it has.
    func first(_ name: String, with labels: Labels) -> Metric? {
        metrics(name).first { metric in labels.allSatisfy { metric.labels[$0.key] == $0.value } }
    }
}
