import CONNXRuntime
import Engines
import Graphs
import Tensors

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
        let sessionOptions = try SessionOptions(options, runtime: runtime, directory: source.directory)
        let handle = try withDenormals(flushed: options.flushDenormals) { () throws(EngineError) in
            try sessionOptions.load(source)
        }
        return try ONNXRuntimeModel(handle: handle, name: source.name, runtime: runtime, options: options)
    }
}

/// Runs `body` with this thread's denormal handling set, and restores it.
@inline(__always)
func withDenormals<Result>(flushed: Bool, _ body: () throws(EngineError) -> Result) throws(EngineError) -> Result {
    let before = assay_set_denormals_flushed(flushed ? 1 : 0)
    defer { assay_restore_denormals(before) }
    return try body()
}
