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
    /// What the library writes of the session; `nil` where its profiler is off.
    let profile: SessionProfile?
    /// The device on which it computes; `nil` for the processor.
    let accelerator: CUDADevice?
    /// How many of its nodes the device runs; `nil` for the processor, and where the release does not tell.
    let assignment: NodeAssignment?

    /// Takes over a session handle, which is released when reading its description fails too.
    ///
    /// - Throws: `EngineError` of code `refusedModel`.
    init(
        handle: OpaquePointer, source: ModelSource, runtime: Runtime, options: EngineOptions,
        accelerator: CUDADevice? = nil, profileFolder: ProfileFolder? = nil
    ) throws(EngineError) {
        do throws(EngineError) {
            let reader = ModelReader(handle: handle, name: source.name, runtime: runtime)
            (inputs, outputs) = Self.withRanks(try reader.inputs(), try reader.outputs(), source)
            contract = InputContract(inputs, model: source.name)
            assignment = try accelerator.flatMap { device throws(EngineError) in
                try NodeAssignment(handle, on: device, runtime: runtime, subject: source.name)
            }
            profile = try profileFolder.map { folder throws(EngineError) in
                try SessionProfile(folder, subject: source.name)
            }
        } catch {
            runtime.api.pointee.ReleaseSession(handle)
            throw error
        }
        self.handle = handle
        name = source.name
        self.runtime = runtime
        self.accelerator = accelerator
        effectiveOptions = options
        inputNames = NameList(inputs.map(\.name))
        outputNames = NameList(outputs.map(\.name))
    }

    deinit { runtime.api.pointee.ReleaseSession(handle) }

    func makeSession() throws(EngineError) -> any Session {
        guard let accelerator else { return ONNXRuntimeSession(self) }
        return try DeviceSession(self, on: accelerator)
    }

    /// Adds the ranks that the file states, where the release does not tell an unknown rank from a scalar's.
    private static func withRanks(
        _ inputs: [ValueInfo], _ outputs: [ValueInfo], _ source: ModelSource
    ) -> ([ValueInfo], [ValueInfo]) {
        let lacksRank = (inputs + outputs).contains { value in
            if case .tensor(_, nil)? = value.type { true } else { false }
        }
        guard lacksRank else { return (inputs, outputs) }
        let declared = DeclaredValues(source)
        return (declared.naming(inputs: inputs), declared.naming(outputs: outputs))
    }
}
