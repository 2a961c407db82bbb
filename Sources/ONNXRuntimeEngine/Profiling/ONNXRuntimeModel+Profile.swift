import CONNXRuntime
import Engines
import Graphs
import Tensors

extension ONNXRuntimeModel {
    /// Ends the profiling of the session, for all who use it, and reads what was written of it.
    ///
    /// - Throws: `EngineError` of code `invalidOption` where the session was made without, or its profile was taken already.
    func takeProfile() throws(EngineError) -> EngineProfile {
        guard let folder = profileFolder else {
            throw EngineError(
                .invalidOption, subject: name, reason: "its session was made without a profiler",
                remedy: "load the model with `profiling`")
        }
        guard endProfiling() else {
            throw EngineError(
                .invalidOption, subject: name,
                reason: "its profile was taken already, which ends the library's profiler",
                remedy: "load the model again")
        }
        var characters: UnsafeMutablePointer<CChar>?
        try runtime.check(
            runtime.api.pointee.SessionEndProfiling(handle, runtime.allocator, &characters), subject: name)
        guard let characters else {
            throw EngineError(.runFailed, subject: name, reason: "ONNX Runtime wrote no profile")
        }
        let path = String(cString: characters)
        try runtime.check(runtime.api.pointee.AllocatorFree(runtime.allocator, characters), subject: name)
        do {
            let events = TraceReader.events(try Bytes(mapping: path))
            var assembly = ProfileAssembly(ExecutedGraph(try Model(contentsOf: folder.model)))
            return assembly.assemble(events)
        } catch let error as GraphError {
            throw EngineError(
                .runFailed, subject: name, reason: "the model that ONNX Runtime says it ran cannot be read: \(error)")
        } catch {
            throw EngineError(.runFailed, subject: name, reason: "ONNX Runtime's profile cannot be read: \(error)")
        }
    }
}
