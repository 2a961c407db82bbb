import Engines
import Graphs

/// ONNX Runtime on its CPU provider, or on its CUDA provider where that is asked for.
struct ONNXRuntimeEngine: Engine {
    let identity: EngineIdentity
    let capabilities: EngineCapabilities
    private let runtime: Runtime
    private let standIn: String?

    init(runtime: Runtime, standIn: String? = nil) throws(EngineError) {
        self.runtime = runtime
        self.standIn = standIn
        identity = EngineIdentity(
            name: ONNXRuntimeFactory.engineName, version: runtime.version, build: runtime.build)
        let limits = try FormatLimits(probing: runtime)
        capabilities = EngineCapabilities(
            localFunctions: .all, residentTensors: false, newestOpset: limits.opset, newestIRVersion: limits.irVersion,
            precisions: [.f32])
    }

    /// Always unknown: the library tells only when it loads a model.
    func supports(_ node: Node, opset: Int) -> Support { .unknown }

    func prepare(_ source: ModelSource, options: EngineOptions) throws(EngineError) -> any PreparedModel {
        let folder = options.profiling ? try ProfileFolder(subject: source.name) : nil
        let accelerator = try accelerator(for: options.device)
        let sessionOptions = try SessionOptions(
            options, runtime: runtime, directory: source.directory, accelerator: accelerator, profileFolder: folder)
        return try ONNXRuntimeModel(
            handle: try sessionOptions.load(source), source: source, runtime: runtime, options: options,
            accelerator: accelerator, profileFolder: folder)
    }

    /// The device that is asked for; `nil` for the processor.
    private func accelerator(for device: ComputeDevice) throws(EngineError) -> CUDADevice? {
        guard device.kind == .cuda else { return nil }
        if let standIn { return try CUDADevice(index: device.index, standIn: standIn, runtime: runtime) }
        return try CUDADevice(index: device.index, runtime: runtime)
    }
}
