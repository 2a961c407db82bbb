import Assets
import Engines
import Foundation
import Records
import Tensors
import TestKit
import Testing

/// Where a stack computes: what can be asked for, and what is refused.
@Suite(.timeLimit(.minutes(5))) struct DeviceTests {
    private static let cuda = ComputeDevice(.cuda)

    @Test func devicesAreWords() {
        #expect(ComputeDevice("cpu") == .cpu && ComputeDevice("cuda") == Self.cuda)
        #expect(ComputeDevice("cuda:0") == Self.cuda && ComputeDevice("cuda:1") == ComputeDevice(.cuda, index: 1))
        #expect(ComputeDevice("cuda:0")?.description == "cuda" && ComputeDevice("cuda:3")?.description == "cuda:3")
        for text in ["", "gpu", "cpu:0", "cpu:1", "cuda:", "cuda:x", "cuda:-1", "cuda:01", "cuda:1:2", "CUDA"] {
            #expect(ComputeDevice(text) == nil, "\(text)")
        }
    }

    @Test func optionsOnTheProcessorAreWrittenAsEver() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let plain = String(decoding: try encoder.encode(EngineOptions()), as: UTF8.self)
        #expect(!plain.contains("device"))
        #expect(try JSONDecoder().decode(EngineOptions.self, from: Data(plain.utf8)) == EngineOptions())
        let there = EngineOptions(device: ComputeDevice(.cuda, index: 1))
        let written = try encoder.encode(there)
        #expect(String(decoding: written, as: UTF8.self).contains(#""device":"cuda:1""#))
        #expect(try JSONDecoder().decode(EngineOptions.self, from: written) == there)
    }

    @Test func aStackSaysWhereItComputes() throws {
        let stack = try StackRequest(commandLine: "onnxruntime{device=cuda:1,threads=2}")
        #expect(stack.options.device == ComputeDevice(.cuda, index: 1) && stack.options.extra.isEmpty)
        #expect(stack.title(version: "1.31.1") == "onnxruntime 1.31.1, cuda:1, 2 threads")
        #expect(throws: AssetError.self) { try StackRequest(commandLine: "onnxruntime{device=gpu}") }
    }

    // MARK: - Builds

    private func build(_ device: ComputeDevice.Kind?) throws -> StackBuild {
        let hash = try #require(Digest(hex: String(repeating: device == nil ? "ab" : "cd", count: 32)))
        return StackBuild(
            engine: "onnxruntime", version: "1.31.1",
            artifact: Artifact(kind: .wheel, name: "onnxruntime", version: "1.31.1", filename: "x.whl", sha256: hash),
            device: device)
    }

    @Test func aLockKeepsDevicesApart() throws {
        let (plain, there) = (try build(nil), try build(.cuda))
        let onProcessor = StackRequest("onnxruntime")
        let onDevice = StackRequest("onnxruntime", options: EngineOptions(device: Self.cuda))
        let second = StackRequest("onnxruntime", options: EngineOptions(device: ComputeDevice(.cuda, index: 1)))
        var lock = StackLock()
        lock.record(onProcessor, plain)
        let before = lock.text
        #expect(!before.contains("device"))
        #expect(lock.build(for: onDevice) == nil)
        lock.record(onDevice, there)
        #expect(lock.build(for: onProcessor) == plain)
        // One build serves all devices of a kind.
        #expect(lock.build(for: onDevice) == there && lock.build(for: second) == there)
        let (read, old) = (Data(lock.text.utf8), Data(before.utf8))
        #expect(try JSONDecoder().decode(StackLock.self, from: read) == lock)
        #expect(try JSONDecoder().decode(StackLock.self, from: old).stacks.count == 1)
    }

    @Test(arguments: ["native", "openvino", "tensorflow", "litert"])
    func whatHasNoBuildForADeviceIsRefusedBeforeAnythingIsAsked(engine: String) {
        let resolver = StackResolver(index: PackageIndex(isOffline: true))
        let request = StackRequest(engine, options: EngineOptions(device: Self.cuda))
        let error = #expect(throws: AssetError.self) { try resolver.resolve(request, lock: StackLock()) }
        #expect(error?.code == .unsupported && error?.remedy.contains("onnxruntime, pytorch, jax") == true)
    }

    /// An index with one version of each package, and a pip that would install what it is told.
    private struct Index: CommandRunner {
        let installed: [String]
        let expected: String

        private static let hash = String(repeating: "ef", count: 32)

        func run(_ command: Command, whileRunning: () -> Void) throws(AssetError) -> CommandResult {
            if command.arguments.first == "-I" { return CommandResult(status: 0, output: "3.11.7\n") }
            if let name = command.arguments.last, command.arguments.contains("files") {
                let file = name.replacing("-", with: "_") + "-9.1-py3-none-any.whl"
                return CommandResult(
                    status: 0,
                    output: #"[{"filename": "\#(file)", "url": "https://a.invalid/a", "yanked": false, "#
                        + #""sha256": "\#(Self.hash)"}]"#)
            }
            // What the script needs beside them is asked for on its own.
            if command.arguments.contains("--no-deps") {
                return CommandResult(status: 0, output: #"{"version": "1", "install": []}"#)
            }
            #expect(command.arguments.contains("--dry-run") && command.arguments.contains(expected), "\(command)")
            let items = installed.map { name in
                #"{"download_info": {"url": "https://a.invalid/\#(name)-9.1-py3-none-any.whl", "#
                    + #""archive_info": {"hashes": {"sha256": "\#(Self.hash)"}}}, "#
                    + #""metadata": {"name": "\#(name)", "version": "9.1"}}"#
            }
            return CommandResult(
                status: 0, output: #"{"version": "1", "install": [\#(items.joined(separator: ","))]}"#)
        }
    }

    private func resolved(_ engine: String, installed: [String], expected: String) throws -> StackBuild {
        let index = PackageIndex(runner: Index(installed: installed, expected: expected))
        return try StackResolver(index: index).resolve(
            StackRequest(engine, options: EngineOptions(device: Self.cuda)), lock: StackLock())
    }

    /// Its libraries are NVIDIA's packages; what its Python module would need is left out.
    @Test func onnxRuntimeBringsTheLibrariesThatItNames() throws {
        let build = try resolved(
            "onnxruntime", installed: ["numpy", "nvidia-cudnn-cu13", "nvidia-cublas", "onnxruntime-gpu"],
            expected: "onnxruntime-gpu[cuda,cudnn]===9.1")
        #expect(build.device == .cuda && build.python == nil && build.artifact.name == "onnxruntime-gpu")
        #expect(build.packages.map(\.name) == ["nvidia-cublas", "nvidia-cudnn-cu13"])
        let error = #expect(throws: AssetError.self) {
            try resolved(
                "onnxruntime", installed: ["numpy", "onnxruntime-gpu"], expected: "onnxruntime-gpu[cuda,cudnn]===9.1")
        }
        #expect(error?.code == .unsupported)
    }

    @Test(arguments: [("pytorch", "torch", "torch===9.1"), ("jax", "jax", "jax[cuda12]===9.1")])
    func frameworksBringAllThatTheyNeed(engine: String, package: String, expected: String) throws {
        let build = try resolved(engine, installed: [package, "nvidia-cublas", "onnx"], expected: expected)
        #expect(build.device == .cuda && build.python == "3.11" && build.artifact.name == package)
        #expect(Set(build.packages.map(\.name)) == ["nvidia-cublas", "onnx"])
    }

    // MARK: - Workers

    private func load(
        _ change: (inout FakeModel) -> Void, _ options: EngineOptions, isGuest: Bool
    ) async throws -> (WorkerClient, LoadedModel) {
        let client = try await WorkerClient.start(
            TestWorker.launcher, configuration: WorkerConfiguration(options: options))
        _ = try await client.open(engine: "fake", guest: isGuest ? GuestCommand([TestWorker.path]) : nil)
        var model = FakeModel()
        change(&model)
        return (client, try await client.load(model.source(), options: options))
    }

    @Test(arguments: [false, true]) func anEngineThatComputesElsewhereIsRefused(isGuest: Bool) async throws {
        let error = await #expect(throws: WorkerError.self) {
            _ = try await load({ $0.deviceInForce = "cpu" }, EngineOptions(device: Self.cuda), isGuest: isGuest)
        }
        guard case .engine(let reason)? = error?.failure else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(reason.code == .invalidOption && reason.reason == "it does not compute on cuda")
        let (client, loaded) = try await load({ _ in }, EngineOptions(device: Self.cuda), isGuest: isGuest)
        #expect(loaded.effectiveOptions.device == Self.cuda)
        await client.shutdown()
    }

    /// Devices are counted as the driver counts them, and f32 means f32.
    @Test func theEnvironmentFitsTheDevice() async throws {
        func environment(_ options: EngineOptions) async throws -> [String: String] {
            let client = try await WorkerClient.start(
                TestWorker.launcher, configuration: WorkerConfiguration(options: options))
            await client.shutdown()
            return client.environment
        }
        let plain = try await environment(EngineOptions())
        #expect(plain["CUDA_DEVICE_ORDER"] == nil && plain["NVIDIA_TF32_OVERRIDE"] == nil)
        let full = try await environment(EngineOptions(device: Self.cuda))
        #expect(full["CUDA_DEVICE_ORDER"] == "PCI_BUS_ID" && full["NVIDIA_TF32_OVERRIDE"] == "0")
        #expect(
            try await environment(EngineOptions(precision: .bf16, device: Self.cuda))["NVIDIA_TF32_OVERRIDE"] == nil)
    }
}
