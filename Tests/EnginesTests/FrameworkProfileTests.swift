import Assets
import Engines
import Foundation
import Graphs
import Measurement
import Tensors
import TestKit
import Testing

/// The profilers of frameworks, on those of them that are installed on this machine.
@Suite(.timeLimit(.minutes(10))) struct FrameworkProfileTests {
    private static let fetcher = ArtifactFetcher(home: AssayHome(), isOffline: true)

    private static let builds = StackListing.all(fetcher: fetcher).filter {
        $0.state == .installed && $0.build.python != nil
    }.map(\.build).reduce(into: [String: StackBuild]()) { $0[$1.engine] = $1 }.values.sorted { $0.engine < $1.engine }

    /// A product large enough to take time, and what makes it positive.
    private func model() throws -> ModelSource {
        let weights = try Tensor((0..<(256 * 256)).map { Float($0 % 7) - 3 }, shape: [256, 256])
        let graph = Graph(
            name: "two",
            nodes: [
                Node("MatMul", inputs: ["x", "w"], outputs: ["product"], name: "multiply"),
                Node("Relu", inputs: ["product"], outputs: ["y"], name: "clamp"),
            ],
            inputs: [ValueInfo("x", .tensor(.float32, [.fixed(256), .fixed(256)]))],
            outputs: [ValueInfo("y", .tensor(.float32, [.fixed(256), .fixed(256)]))],
            initializers: [Initializer(name: "w", tensor: weights)])
        let bytes = try Model(opsets: ["": 14], graph: graph).serialized()
        return ModelSource(name: "two", bytes: bytes, directory: nil, isOriginal: false)
    }

    private func profile(_ build: StackBuild) async throws -> ProfileJob.Response {
        let stack = try StackInstaller(fetcher: Self.fetcher).install(build, for: StackRequest(build.engine))
        let client = try await WorkerClient.start(TestWorker.launcher)
        _ = try await client.open(stack)
        let loaded = try await client.load(try model(), options: EngineOptions(profiling: true))
        let input = try Tensor((0..<(256 * 256)).map { Float($0 % 5) - 2 }, shape: [256, 256])
        let request = ProfileJob.Request(model: loaded.id, plain: nil, inputs: [input], runs: 60)
        let response = try await client.perform(ProfileJob.self, request, limit: .seconds(120))
        await client.shutdown()
        return response
    }

    @Test(
        .enabled(
            if: builds.contains { $0.engine != "litert" },
            "no framework with a profiler is installed: assay provision Workloads/stacks/photos.yaml"),
        arguments: builds.filter { $0.engine != "litert" })
    func stepsAreThoseOfTheModelsNodes(build: StackBuild) async throws {
        let response = try await profile(build)
        let profile = response.profile
        #expect(profile.runs.count == 60, "\(build.engine)")
        // What is fused names both.
        #expect(Set(profile.steps.flatMap(\.nodes)) == ["multiply", "clamp"], "\(build.engine): \(profile.steps)")
        let multiplying = profile.steps.indices.filter { profile.steps[$0].nodes.contains("multiply") }
        for run in profile.runs {
            let whole = try #require(run.duration)
            let product = run.spans.filter { multiplying.contains($0.step) }.map(\.duration).reduce(0, +)
            #expect(product > 0 && product <= whole, "\(build.engine)")
            #expect(run.spans.allSatisfy { ($0.start ?? 0) >= 0 && ($0.start ?? 0) + $0.duration <= whole + 1000 })
        }
    }

    @Test(
        .enabled(if: builds.contains { $0.engine == "litert" }, "LiteRT is not installed"),
        arguments: builds.filter { $0.engine == "litert" })
    func whoHasNoneSaysSo(build: StackBuild) async throws {
        do {
            _ = try await profile(build)
            Issue.record("there is a profiler")
        } catch let error as WorkerError {
            guard case .engine(let reason) = error.failure else { throw error }
            #expect(reason.code == .invalidOption && reason.reason.contains("offers no profiler"), "\(reason)")
        }
    }
}
