import Engines
import Foundation
import Graphs
import Measurement
import TestKit
import Tensors
import Testing

/// Profilers write to files; none may be left behind, however the worker ends.
@Suite(.timeLimit(.minutes(5))) struct LeftoverTests {
    /// A worker whose temporary files go to the folder.
    private func worker(_ engine: String, _ libraries: String, _ folder: TemporaryFolder) async throws -> WorkerClient {
        let launcher = Launcher(name: "test", prefix: [], worker: TestWorker.product)
        let configuration = WorkerConfiguration(environment: ["TMPDIR": folder.path])
        let client = try await WorkerClient.start(launcher, configuration: configuration)
        _ = try await client.open(engine: engine, libraries: libraries)
        return client
    }

    private func load(_ client: WorkerClient) async throws -> LoadedModel {
        let model = FusibleModels.convolution.model
        let source = ModelSource(
            name: model.graph.name, bytes: try model.serialized(), directory: nil, isOriginal: false)
        return try await client.load(source, options: EngineOptions(profiling: true))
    }

    private func request(_ loaded: LoadedModel) throws -> TraceJob.Request {
        TraceJob.Request(
            model: loaded.id, inputs: [try FusibleModels.convolution.input], minimumRuns: 3, maximumRuns: 3,
            capturesOutput: true, takesProfile: true)
    }

    /// What is there of ours; libraries keep files of their own.
    private func files(_ folder: TemporaryFolder) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasPrefix("assay") }
    }

    private static let stacks = ["onnxruntime", "openvino"].flatMap { engine in
        TestStacks.folders(for: engine).map { [engine, $0] }
    }

    @Test(
        "a killed worker leaves nothing, nor does one that ends in order",
        .enabled(if: TestWorker.product != nil, "assay-worker is not built beside the tests"),
        .enabled(if: !stacks.isEmpty, "no engine is installed under $ASSAY_HOME/stacks"), arguments: stacks)
    func leavesNothing(stack: [String]) async throws {
        let folder = try TemporaryFolder()
        let killed = try await worker(stack[0], stack[1], folder)
        let loaded = try await load(killed)
        #expect(try files(folder) == [], "after loading")
        killed.kill()
        await killed.waitUntilEnded()
        #expect(try files(folder) == [], "after the kill, \(loaded.inputs.count) inputs")

        let orderly = try await worker(stack[0], stack[1], folder)
        let response = try await orderly.perform(TraceJob.self, try request(load(orderly)), limit: .seconds(120))
        #expect(response.profile?.steps.isEmpty == false && response.profile?.runs.isEmpty == false)
        await orderly.shutdown()
        #expect(try files(folder) == [], "after an orderly end")
    }

    @Test(
        "folders of workers that were killed while they loaded are removed by the next one, and no others",
        .enabled(if: InstalledEngine.onnxRuntime.isReady, InstalledEngine.onnxRuntime.reason))
    func sweepsAbandonedFolders() async throws {
        let folder = try TemporaryFolder()
        let manager = FileManager.default
        for name in ["abandoned", "held", "young"] {
            let path = folder.file("assay-profile-" + name)
            try manager.createDirectory(atPath: path, withIntermediateDirectories: false)
            try Data([1]).write(to: URL(fileURLWithPath: path + "/optimized.onnx"))
            if name != "young" {
                try manager.setAttributes([.modificationDate: Date(timeIntervalSinceNow: -600)], ofItemAtPath: path)
            }
        }
        let held = open(folder.file("assay-profile-held"), O_RDONLY)
        defer { close(held) }
        try #require(flock(held, LOCK_EX | LOCK_NB) == 0)
        let client = try await worker("onnxruntime", try #require(InstalledEngine.onnxRuntime.libraries), folder)
        _ = try await load(client)
        await client.shutdown()
        #expect(Set(try files(folder)) == ["assay-profile-held", "assay-profile-young"])
    }
}
