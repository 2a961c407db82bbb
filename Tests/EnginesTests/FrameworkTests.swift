import Assets
import Engines
import Foundation
import Graphs
import Tensors
import TestKit
import Testing

/// Stacks that run in Python, on those of them that are installed on this machine.
@Suite(.timeLimit(.minutes(10))) struct FrameworkTests {
    private static let fetcher = ArtifactFetcher(home: AssayHome(), isOffline: true)

    /// The installed builds of frameworks, one each.
    private static let builds: [StackBuild] = {
        var seen: Set<String> = []
        return StackListing.all(fetcher: fetcher).filter { $0.state == .installed && $0.build.python != nil }
            .map(\.build).filter { seen.insert($0.engine).inserted }
    }()

    /// A model of a matrix product and a bias: [[1, 2], [3, 4]] · x + [10, 20].
    private func model() throws -> ModelSource {
        let weights = try Tensor([1, 3, 2, 4] as [Float], shape: [2, 2])
        let graph = Graph(
            name: "affine",
            nodes: [Node("Gemm", inputs: ["x", "w", "b"], outputs: ["y"], name: "affine")],
            inputs: [ValueInfo("x", .tensor(.float32, [.fixed(1), .fixed(2)]))],
            outputs: [ValueInfo("y", .tensor(.float32, [.fixed(1), .fixed(2)]))],
            initializers: [
                Initializer(name: "w", tensor: weights), Initializer(name: "b", tensor: Tensor([10, 20] as [Float])),
            ])
        let bytes = try Model(opsets: ["": 13], graph: graph).serialized()
        return ModelSource(name: "affine", bytes: bytes, directory: nil, isOriginal: false)
    }

    /// A framework that would compute on the processor all the same is refused, in words that say why.
    @Test(
        .enabled(if: !builds.isEmpty, "no framework is installed: assay provision Workloads/stacks/photos.yaml"),
        .enabled(if: !TestAccelerators.present, "there is an accelerator"), arguments: builds)
    func aFrameworkWithoutADeviceRefuses(build: StackBuild) async throws {
        let options = EngineOptions(device: ComputeDevice(.cuda))
        let stack = try StackInstaller(fetcher: Self.fetcher).install(build, for: StackRequest(build.engine))
        let client = try await WorkerClient.start(
            TestWorker.launcher, configuration: WorkerConfiguration(options: options))
        _ = try await client.open(stack)
        let error = await #expect(throws: WorkerError.self) {
            _ = try await client.load(try model(), options: options)
        }
        guard case .engine(let reason)? = error?.failure else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect([.unavailable, .invalidOption].contains(reason.code) && !reason.reason.isEmpty, "\(reason)")
        await client.shutdown()
    }

    @Test(
        .enabled(if: !builds.isEmpty, "no framework is installed: assay provision Workloads/stacks/photos.yaml"),
        arguments: builds)
    func aFrameworkComputesWhatAModelSays(build: StackBuild) async throws {
        let stack = try StackInstaller(fetcher: Self.fetcher).install(build, for: StackRequest(build.engine))
        let client = try await WorkerClient.start(TestWorker.launcher)
        let opened = try await client.open(stack)
        #expect(opened.identity.name == build.engine)
        let loaded = try await client.load(try model(), options: EngineOptions())
        let input = try Tensor([1, 1] as [Float], shape: [1, 2])
        let output = try #require(try await client.run(loaded, [input]).outputs.first)
        #expect(try output.values(of: Float.self) == [13, 27], "\(build.engine)")
        await client.shutdown()
    }
}
