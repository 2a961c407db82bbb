import Engines
import Graphs

/// ONNX Runtime on its CPU provider.
struct ONNXRuntimeEngine: Engine {
    let identity: EngineIdentity
    let capabilities: EngineCapabilities
    private let runtime: Runtime

    init(runtime: Runtime) throws(EngineError) {
        self.runtime = runtime
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
        let sessionOptions = try SessionOptions(
            options, runtime: runtime, directory: source.directory, profileFolder: folder)
        return try ONNXRuntimeModel(
            handle: try sessionOptions.load(source), source: source, runtime: runtime, options: options,
            profileFolder: folder)
    }
}
