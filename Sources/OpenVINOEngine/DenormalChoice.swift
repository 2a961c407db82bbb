import Engines
import Synchronization

/// How this process treats denormal numbers in OpenVINO: the first model decides for all that follow.
///
/// OpenVINO keeps the threads of a released model for the next one, and these keep the mode they were made in, whatever
/// `CPU_DENORMALS_OPTIMIZATION` says then (measured with 2026.4.1).
final class DenormalChoice: Sendable {
    private let flushed = Mutex<Bool?>(nil)

    /// Makes the choice, or confirms that it is the one made before.
    ///
    /// - Throws: `EngineError` of code `invalidOption` when an earlier model chose otherwise.
    func choose(flushed wanted: Bool) throws(EngineError) {
        let chosen = flushed.withLock { (chosen: inout Bool?) in
            if chosen == nil { chosen = wanted }
            return chosen ?? wanted
        }
        guard chosen == wanted else {
            throw EngineError(
                .invalidOption, subject: OpenVINOFactory.engineName,
                reason: "an earlier model of this process runs with denormals \(chosen ? "flushed" : "kept")"
                    + ", and its threads keep that mode",
                remedy: "run models with the other mode in a worker of their own")
        }
    }
}
