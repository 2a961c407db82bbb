import Assets
import Engines
import Foundation
import Graphs
import Measurement
import Records
import Tensors
import TestKit
import Testing

/// Stacks on a real accelerator, on those of them that are installed on this machine; skipped where there is none.
@Suite(.enabled(if: TestAccelerators.present, "no accelerator: /dev/nvidiactl is not there"), .timeLimit(.minutes(10)))
struct OnAcceleratorTests {
    private static let fetcher = ArtifactFetcher(home: AssayHome(), isOffline: true)

    /// The installed builds for a device, the newest of each engine.
    private static let builds: [StackBuild] = {
        var newest: [String: StackBuild] = [:]
        for listing in StackListing.all(fetcher: fetcher)
        where listing.state == .installed && listing.build.device == .cuda {
            newest[listing.build.engine] = listing.build
        }
        return newest.values.sorted { $0.engine < $1.engine }
    }()

    private static let device = ComputeDevice(.cuda)

    /// A convolution of 3×3 over 64 channels of 56×56, a bias and a ramp, as residual networks begin.
    private static func source() throws -> ModelSource {
        var random = SplitMix64(seed: 11)
        let weights = (0..<64 * 64 * 9).map { _ in Float(random.integer(in: -1000...1000)) / 24_000 }
        let graph = Graph(
            name: "block",
            nodes: [
                Node(
                    "Conv", inputs: ["x", "w", "b"], outputs: ["c"],
                    attributes: [Attribute("pads", .ints([1, 1, 1, 1]))], name: "convolution"),
                Node("Relu", inputs: ["c"], outputs: ["y"], name: "ramp"),
            ],
            inputs: [ValueInfo("x", .tensor(.float32, shape))], outputs: [ValueInfo("y", .tensor(.float32, shape))],
            initializers: [
                Initializer(name: "w", tensor: try Tensor(weights, shape: [64, 64, 3, 3])),
                Initializer(name: "b", tensor: Tensor((0..<64).map { Float($0) / 64 })),
            ])
        let bytes = try Model(opsets: ["": 13], graph: graph).serialized()
        return ModelSource(name: "block", bytes: bytes, directory: nil, isOriginal: false)
    }

    private static let shape = SymbolicShape([.fixed(8), .fixed(64), .fixed(56), .fixed(56)])

    private static func input() throws -> Tensor {
        var random = SplitMix64(seed: 12)
        return try Tensor(
            (0..<8 * 64 * 56 * 56).map { _ in Float(random.integer(in: -1000...1000)) / 1000 }, shape: [8, 64, 56, 56])
    }

    /// What the native engine computes on the processor.
    private func expected(_ launcher: Launcher) async throws -> [Double] {
        let client = try await WorkerClient.start(launcher)
        _ = try await client.open(engine: "native")
        let loaded = try await client.load(try Self.source(), options: EngineOptions())
        let output = try #require(try await client.run(loaded, [try Self.input()]).outputs.first)
        await client.shutdown()
        return try output.doubles()
    }

    private func launcher() throws -> Launcher {
        let worker: String = try #require(TestWorker.product, "assay-worker is not built beside the tests")
        return Launcher(name: "test", prefix: [], worker: worker)
    }

    @Test func theMachineNamesItsDevice() {
        let machine = MachineProbe.current()
        #expect(!machine.accelerators.isEmpty)
        for device in machine.accelerators {
            #expect(!device.name.isEmpty && device.driver?.isEmpty == false && (device.memoryBytes ?? 0) > 1 << 30)
        }
    }

    @Test(
        .enabled(
            if: !builds.isEmpty,
            "no stack for a device is installed: assay provision --engine 'onnxruntime{device=cuda}'"),
        arguments: builds)
    func aStackOnTheDevice(build: StackBuild) async throws {
        let launcher = try launcher()
        let options = EngineOptions(device: Self.device)
        let request = StackRequest(build.engine, options: options)
        let stack = try StackInstaller(fetcher: Self.fetcher).install(build, for: request)
        let client = try await WorkerClient.start(launcher, configuration: WorkerConfiguration(request))
        _ = try await client.open(stack)
        let loaded = try await client.load(try Self.source(), options: options)
        #expect(loaded.effectiveOptions.device == Self.device)
        let input = try Self.input()
        // The result is that of the processor: TensorFloat-32 would be off by a thousandth.
        let output = try #require(try await client.run(loaded, [input]).outputs.first).doubles()
        let expected = try await expected(launcher)
        let largest = expected.map(abs).max() ?? 0
        let worst = zip(output, expected).map { abs($0 - $1) }.max() ?? .infinity
        #expect(output.count == expected.count && worst <= 2e-4 * largest, "\(worst) of \(largest)")
        // Transfers are a part of the time, and not all of it.
        let measure = MeasureJob.Request(
            model: loaded.id, inputs: [input], duration: .seconds(1), minimumSamples: 20, settles: true,
            block: .milliseconds(100))
        let response = try await client.perform(MeasureJob.self, measure, limit: .seconds(120))
        #expect(response.transfers.count == response.samples.count)
        for (whole, moved) in zip(response.samples, response.transfers) { #expect(moved > 0 && moved < whole) }
        // Twice 6.4 MB cross a link that moves less than 640 GB a second.
        #expect((Selection.median(of: response.transfers) ?? 0) > 20_000)
        // The device was read.
        let readings = response.readings.compactMap(\.device)
        #expect(readings.count == response.readings.count)
        #expect(readings.allSatisfy { ($0.processorClock ?? 0) > 0 && ($0.temperature ?? 0) > 0 })
        #expect(readings.compactMap(\.usedMemory).max() ?? 0 > 0)
        await client.shutdown()
    }
}
