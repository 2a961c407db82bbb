import COpenVINO
import Engines
import Tensors

/// A model that the ONNX front end has translated, not compiled yet; owned.
struct ReadModel: ~Copyable {
    let runtime: Runtime
    let name: String
    private let handle: OpaquePointer

    /// Translates a model; an unchanged file is read by its path, so that external data is found beside it.
    ///
    /// - Throws: `EngineError` of code `refusedModel` or `unsupportedOperator`.
    init(_ source: ModelSource, runtime: Runtime) throws(EngineError) {
        handle = try Self.read(source, runtime)
        self.runtime = runtime
        name = source.name
    }

    deinit { runtime.functions.releaseModel(handle) }

    /// Compiles the model for the CPU; the caller owns the result.
    ///
    /// - Throws: `EngineError` of code `refusedModel`.
    func compile(_ properties: CompileProperties) throws(EngineError) -> OpaquePointer {
        let (runtime, handle) = (runtime, handle)
        let pairs = NameList(properties.pairs)
        return try runtime.make(.refusedModel, subject: name) {
            assay_ov_compile(
                runtime.functions.compileModel, runtime.core, handle, Runtime.device, pairs.pointers, pairs.count / 2,
                properties.plainKey, $0)
        }
    }

    /// The library's own code of the first input's element type.
    ///
    /// - Throws: `EngineError` of code `refusedModel`.
    func elementTypeOfFirstInput() throws(EngineError) -> Int32 {
        let (runtime, handle) = (runtime, handle)
        let port = try runtime.make(.refusedModel, subject: name) { runtime.functions.modelInput(handle, 0, $0) }
        defer { runtime.functions.releasePort(port) }
        var code: Int32 = 0
        try runtime.check(runtime.functions.portElementType(port, &code), .refusedModel, subject: name)
        return code
    }

    private static func read(_ source: ModelSource, _ runtime: Runtime) throws(EngineError) -> OpaquePointer {
        if let path = source.unchangedFile {
            return try runtime.make(.refusedModel, subject: source.name) {
                runtime.functions.readModel(runtime.core, path, nil, $0)
            }
        }
        return try source.bytes.withUnsafeBytes { bytes throws(EngineError) in
            guard let base = bytes.bindMemory(to: CChar.self).baseAddress, bytes.count > 0 else {
                throw EngineError(.refusedModel, subject: source.name, reason: "the file is empty")
            }
            return try runtime.make(.refusedModel, subject: source.name) {
                runtime.functions.readModelFromMemory(runtime.core, base, bytes.count, nil, $0)
            }
        }
    }
}
