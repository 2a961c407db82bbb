import CONNXRuntime
import Engines

extension ONNXRuntimeModel {
    /// Ends the profiling of the session, for all who use it, and reads what was written of it.
    ///
    /// - Throws: `EngineError` of code `invalidOption` where the session was made without, or its profile was taken already.
    func takeProfile() throws(EngineError) -> EngineProfile {
        guard let profile else {
            throw EngineError(
                .invalidOption, subject: name, reason: "its session was made without a profiler",
                remedy: "load the model with `profiling`")
        }
        guard profile.end() else {
            throw EngineError(
                .invalidOption, subject: name,
                reason: "its profile was taken already, which ends the library's profiler",
                remedy: "load the model again")
        }
        var characters: UnsafeMutablePointer<CChar>?
        try runtime.check(
            runtime.api.pointee.SessionEndProfiling(handle, runtime.allocator, &characters), subject: name)
        // The name of a file that has none any more.
        if let characters {
            try runtime.check(runtime.api.pointee.AllocatorFree(runtime.allocator, characters), subject: name)
        }
        return try profile.read(subject: name)
    }
}
