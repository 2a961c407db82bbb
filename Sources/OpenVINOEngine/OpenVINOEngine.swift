import COpenVINO
import Engines
import Graphs
import Tensors

/// OpenVINO on its CPU plug-in.
struct OpenVINOEngine: Engine {
    /// The front end checks no version stamp (operator set 1000 and IR version 60 are read), so these are the newest
    /// that the standard had when its translations were measured.
    private static let newestOpset = 26
    private static let newestIRVersion = 13

    let identity: EngineIdentity
    let capabilities: EngineCapabilities
    private let runtime: Runtime
    private let codes: ElementTypeCodes
    private let denormals = DenormalChoice()

    init(runtime: Runtime) throws(EngineError) {
        self.runtime = runtime
        codes = try Self.unavailable { () throws(EngineError) in try ElementTypeCodes(measuring: runtime) }
        identity = EngineIdentity(
            name: OpenVINOFactory.engineName, version: runtime.version, build: runtime.build,
            instructionSet: try Self.instructionSet(runtime, codes))
        capabilities = EngineCapabilities(
            localFunctions: .none, residentTensors: false, newestOpset: Self.newestOpset,
            newestIRVersion: Self.newestIRVersion, precisions: [.f32, .bf16, .f16])
    }

    /// Always unknown: the library tells only when it loads a model.
    func supports(_ node: Node, opset: Int) -> Support { .unknown }

    func prepare(_ source: ModelSource, options: EngineOptions) throws(EngineError) -> any PreparedModel {
        let properties = try CompileProperties(options, runtime: runtime)
        try denormals.choose(flushed: options.flushDenormals)
        let handle = try DenormalMode.with(flushed: options.flushDenormals) { () throws(EngineError) in
            try ReadModel(source, runtime: runtime).compile(properties)
        }
        return try OpenVINOModel(
            handle: handle, source: source, runtime: runtime, codes: codes, options: options)
    }

    /// Compiles a one-node model, which proves the CPU plug-in, and asks for which instructions it was compiled.
    private static func instructionSet(_ runtime: Runtime, _ codes: ElementTypeCodes) throws(EngineError) -> String? {
        let source = ModelSource(
            name: "a one-node model", bytes: TypeProbe.identity(of: .float32, opset: 17, irVersion: 8), directory: nil,
            isOriginal: false)
        let handle = try unavailable { () throws(EngineError) in
            let properties = try CompileProperties(EngineOptions(), runtime: runtime)
            return try DenormalMode.with(flushed: true) { () throws(EngineError) in
                try ReadModel(source, runtime: runtime).compile(properties)
            }
        }
        defer { runtime.functions.releaseCompiledModel(handle) }
        let reader = PortReader(handle: handle, model: source.name, runtime: runtime, codes: codes)
        // "meta=1.0;ov=2026.4.1;isa=Intel AVX-512 with Intel DL Boost and bfloat16 support"
        let requirements = reader.property("RUNTIME_REQUIREMENTS")?.split(separator: ";") ?? []
        return requirements.first { $0.hasPrefix("isa=") }.map { String($0.dropFirst("isa=".count)) }
    }

    private static func unavailable<Result>(
        _ body: () throws(EngineError) -> Result
    ) throws(EngineError) -> Result {
        do {
            return try body()
        } catch {
            throw EngineError(
                .unavailable, subject: OpenVINOFactory.engineName, reason: error.reason,
                remedy: "install the whole engine: its CPU plug-in, ONNX front end and TBB lie beside libopenvino_c")
        }
    }
}
