import COpenVINO
import Engines
import Graphs
import Tensors

/// A compiled model, from which each session makes a request of its own.
final class OpenVINOModel: PreparedModel, @unchecked Sendable {
    let inputs: [ValueInfo]
    let outputs: [ValueInfo]
    /// The types of the outputs as the engine itself infers them, which may fix more or less than the file states.
    let inferredOutputs: [ValueType?]
    let effectiveOptions: EngineOptions
    let name: String
    let runtime: Runtime
    let codes: ElementTypeCodes
    let contract: InputContract
    let handle: OpaquePointer

    /// Takes over a compiled model, which is released when reading its description fails too.
    ///
    /// - Throws: `EngineError` of code `refusedModel`.
    init(
        handle: OpaquePointer, source: ModelSource, runtime: Runtime, codes: ElementTypeCodes, options: EngineOptions
    ) throws(EngineError) {
        let reader = PortReader(handle: handle, model: source.name, runtime: runtime, codes: codes)
        do throws(EngineError) {
            let declared = DeclaredValues(source)
            let fed = try reader.inputs()
            let inferred = try reader.outputs()
            inputs = declared.naming(inputs: fed)
            // Where an input is passed on as an output, both have one name and the library takes memory given for the
            // output as that of the input: such outputs are read from where it keeps them.
            let names = Set(fed.map(\.name))
            inferredOutputs = inferred.map { names.contains($0.name) ? nil : $0.type }
            outputs = declared.naming(outputs: inferred)
            contract = InputContract(inputs, model: source.name)
            try Self.refuseStrings(inputs + outputs, model: source.name)
        } catch {
            runtime.functions.releaseCompiledModel(handle)
            throw error
        }
        self.handle = handle
        self.runtime = runtime
        self.codes = codes
        name = source.name
        effectiveOptions = Self.effective(options, reader)
    }

    deinit { runtime.functions.releaseCompiledModel(handle) }

    func makeSession() throws(EngineError) -> any Session {
        let (runtime, handle) = (runtime, handle)
        let request = try DenormalMode.with(flushed: effectiveOptions.flushDenormals) { () throws(EngineError) in
            try runtime.make(subject: name) { runtime.functions.createInferRequest(handle, $0) }
        }
        return OpenVINOSession(self, request: request)
    }

    /// What was asked for, corrected by what the compiled model says it does.
    private static func effective(_ options: EngineOptions, _ reader: PortReader) -> EngineOptions {
        var effective = options
        if let precision = reader.property("INFERENCE_PRECISION_HINT").flatMap(Precision.init(rawValue:)) {
            effective.precision = precision
        }
        if let threads = reader.property("INFERENCE_NUM_THREADS").flatMap({ Int($0) }) { effective.threads = threads }
        if let flush = reader.property("CPU_DENORMALS_OPTIMIZATION") { effective.flushDenormals = flush == "YES" }
        return effective
    }

    private static func refuseStrings(_ values: [ValueInfo], model: String) throws(EngineError) {
        for value in values {
            guard case .tensor(.string, _)? = value.type else { continue }
            throw EngineError(
                .refusedModel, subject: "\(model), value \(value.name)",
                reason: "OpenVINO's C interface does not read strings back", remedy: "use another engine")
        }
    }
}
