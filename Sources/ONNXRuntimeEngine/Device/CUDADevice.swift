import CONNXRuntime
import Engines
import Foundation

/// A device of NVIDIA's as the library's CUDA provider uses it: its memory, and how the provider is set up.
final class CUDADevice: @unchecked Sendable {
    /// With this begin the names of settings that are the provider's and not the session's.
    static let settingPrefix = "cuda."

    /// The libraries that the provider asks the loader for by name alone; it finds those that are open already.
    private static let needed = [
        "libcudart.so", "libcublasLt.so", "libcublas.so", "libnvJitLink.so", "libnvrtc.so", "libcurand.so",
        "libcufft.so",
        "libcudnn.so",
    ]

    let index: Int
    let memory: CUDARuntime
    /// Describes the device's memory to the library.
    let memoryInfo: OpaquePointer
    /// What the library calls the provider that computes there.
    let provider: String
    /// Whether main memory stands in for the device's.
    let isStandIn: Bool
    private let runtime: Runtime

    /// Opens the CUDA libraries beside ONNX Runtime's and looks for the device.
    ///
    /// - Throws: `EngineError` of code `unavailable` where a library, the driver or the device is missing.
    convenience init(index: Int, runtime: Runtime) throws(EngineError) {
        try self.init(
            index: index, memory: CUDARuntime(try Self.open(beside: runtime)), memoryName: "Cuda",
            provider: "CUDAExecutionProvider", isStandIn: false, runtime: runtime)
    }

    /// Makes a device of main memory, which is reached through a library that stands in for CUDA's.
    ///
    /// - Throws: `EngineError`.
    convenience init(index: Int, standIn: String, runtime: Runtime) throws(EngineError) {
        try self.init(
            index: index, memory: CUDARuntime(standIn), memoryName: "Cpu", provider: "CPUExecutionProvider",
            isStandIn: true, runtime: runtime)
    }

    private init(
        index: Int, memory: CUDARuntime, memoryName: String, provider: String, isStandIn: Bool, runtime: Runtime
    ) throws(EngineError) {
        let count = try memory.deviceCount()
        guard index < count else {
            throw EngineError(
                .unavailable, subject: "\(ONNXRuntimeFactory.engineName) on \(ComputeDevice(.cuda, index: index))",
                reason: count == 1 ? "there is one CUDA device" : "there are \(count) CUDA devices",
                remedy: "ask for cuda" + (count > 1 ? " to cuda:\(count - 1)" : ""))
        }
        try memory.choose(index)
        memoryInfo = try runtime.make(subject: memoryName) {
            // Memory of a device's own allocator, of the default kind.
            runtime.api.pointee.CreateMemoryInfo(memoryName, 0, isStandIn ? 0 : Int32(index), 0, $0)
        }
        self.index = index
        self.memory = memory
        self.provider = provider
        self.isStandIn = isStandIn
        self.runtime = runtime
    }

    deinit { runtime.api.pointee.ReleaseMemoryInfo(memoryInfo) }

    /// Opens what the provider needs, so that the loader has it, and gives the path of CUDA's run-time library.
    private static func open(beside runtime: Runtime) throws(EngineError) -> String {
        let engine = "\(ONNXRuntimeFactory.engineName) on cuda"
        guard let folder = runtime.folder else {
            let names = ["libcudart.so.13", "libcudart.so.12"]
            return names.first { (try? DynamicLibrary($0, engine: engine)) != nil } ?? names[0]
        }
        let files = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
        var runtimeLibrary: String?
        for name in needed {
            guard let file = files.first(where: { $0.hasPrefix(name) }) else { continue }
            // What cannot be opened, the provider says itself when it is asked to compute.
            _ = try? DynamicLibrary("\(folder)/\(file)", engine: engine)
            if name == needed[0] { runtimeLibrary = "\(folder)/\(file)" }
        }
        guard let runtimeLibrary else {
            throw EngineError(
                .unavailable, subject: engine, reason: "no CUDA libraries lie in \(folder)",
                remedy: "ask for a stack with 'device: cuda', which brings them")
        }
        return runtimeLibrary
    }

    /// Adds the provider to a session's options.
    ///
    /// - Throws: `EngineError`: of code `unavailable` where it cannot be loaded, `invalidOption` for a setting that it refuses.
    func append(
        to options: OpaquePointer, _ asked: EngineOptions, _ runtime: Runtime
    ) throws(EngineError) {
        let api = runtime.api
        let subject = "\(ONNXRuntimeFactory.engineName) on \(asked.device)"
        if runtime.table24 != nil {
            try runtime.check(
                api.pointee.AddSessionConfigEntry(options, NodeAssignment.setting, "1"), .invalidOption,
                subject: subject)
        }
        guard !isStandIn else { return }
        let provider = try runtime.make(.unavailable, subject: subject) {
            runtime.api.pointee.CreateCUDAProviderOptions($0)
        }
        defer { api.pointee.ReleaseCUDAProviderOptions(provider) }
        let settings = settings(asked).sorted { $0.key < $1.key }
        let (keys, values) = (NameList(settings.map(\.key)), NameList(settings.map(\.value)))
        do throws(EngineError) {
            try runtime.check(
                api.pointee.UpdateCUDAProviderOptions(provider, keys.pointers, values.pointers, keys.count),
                .invalidOption, subject: subject)
        } catch {
            // The provider is first loaded here, so that what it lacks is said here.
            guard error.reason.contains("Failed to load library") else { throw error }
            throw EngineError(
                .unavailable, subject: subject, reason: error.reason, remedy: "check the driver with: nvidia-smi")
        }
        try runtime.check(
            api.pointee.SessionOptionsAppendExecutionProvider_CUDA_V2(options, provider), .unavailable,
            subject: subject)
    }

    /// Products in full f32, copies in the order of the kernels, and what the stack asks for by the provider's own names.
    private func settings(_ asked: EngineOptions) -> [String: String] {
        var settings = ["device_id": String(index), "do_copy_in_default_stream": "1", "use_tf32": "0"]
        for (key, value) in asked.extra where key.hasPrefix(Self.settingPrefix) {
            settings[String(key.dropFirst(Self.settingPrefix.count))] = value
        }
        return settings
    }
}
