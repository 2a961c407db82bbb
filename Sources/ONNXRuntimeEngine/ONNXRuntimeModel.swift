import CONNXRuntime
import Engines
import Graphs
import Tensors

/// A session of the library, which several threads may run at once; Assay's sessions share it.
final class ONNXRuntimeModel: PreparedModel, @unchecked Sendable {
    let inputs: [ValueInfo]
    let outputs: [ValueInfo]
    let effectiveOptions: EngineOptions
    let name: String
    let runtime: Runtime
    let handle: OpaquePointer
    let contract: InputContract
    let inputNames: NameList
    let outputNames: NameList

    /// Takes over a session handle, which is released when reading its description fails too.
    ///
    /// - Throws: `EngineError` of code `refusedModel`.
    init(handle: OpaquePointer, name: String, runtime: Runtime, options: EngineOptions) throws(EngineError) {
        do throws(EngineError) {
            let reader = ModelReader(handle: handle, name: name, runtime: runtime)
            inputs = try reader.inputs()
            outputs = try reader.outputs()
            contract = try InputContract(inputs, model: name)
            try Self.refuseContainers(outputs, model: name)
        } catch {
            runtime.api.pointee.ReleaseSession(handle)
            throw error
        }
        self.handle = handle
        self.name = name
        self.runtime = runtime
        effectiveOptions = options
        inputNames = NameList(inputs.map(\.name))
        outputNames = NameList(outputs.map(\.name))
    }

    deinit { runtime.api.pointee.ReleaseSession(handle) }

    func makeSession() throws(EngineError) -> any Session { ONNXRuntimeSession(self) }

    private static func refuseContainers(_ outputs: [ValueInfo], model: String) throws(EngineError) {
        for output in outputs {
            guard let type = output.type else { continue }
            if case .tensor = type.fedType { continue }
            throw EngineError(
                .refusedModel, subject: "\(model), output \(output.name)",
                reason: "it is \(type.text), and only tensors can be read back",
                remedy: "end the graph in tensors (SequenceAt, ConcatFromSequence)")
        }
    }
}
