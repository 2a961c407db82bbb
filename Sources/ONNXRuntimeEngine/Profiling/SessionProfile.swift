import Engines
import Graphs
import Synchronization
import Tensors

/// What the library writes of a session that it profiles: the steps that it made of the model, and the events of its runs.
///
/// Both are taken out of their folder as soon as the session is made, so that nothing is left behind however the process
/// ends.
final class SessionProfile: Sendable {
    private let graph: ExecutedGraph
    private let events: NamelessFile
    private let isOpen = Mutex(true)

    /// Takes over what the library has written so far.
    ///
    /// - Throws: `EngineError` of code `runFailed` where that is not there or cannot be read.
    init(_ folder: ProfileFolder, subject: String) throws(EngineError) {
        guard let profile = folder.profile else {
            throw EngineError(.runFailed, subject: subject, reason: "ONNX Runtime began no profile")
        }
        events = try NamelessFile(unnaming: profile, subject: subject)
        do throws(GraphError) { graph = ExecutedGraph(try Model(contentsOf: folder.model)) } catch {
            throw EngineError(
                .runFailed, subject: subject,
                reason: "the model that ONNX Runtime says it ran cannot be read: \(error)")
        }
    }

    /// Notes that the library's profiler ends; `false` where it had ended before.
    func end() -> Bool {
        isOpen.withLock { isOpen in
            defer { isOpen = false }
            return isOpen
        }
    }

    /// The profile of all runs, once the library has ended it.
    ///
    /// - Throws: `EngineError` of code `runFailed`.
    func read(subject: String) throws(EngineError) -> EngineProfile {
        let bytes: Bytes
        do throws(TensorError) { bytes = try Bytes(mapping: events.path) } catch {
            throw EngineError(
                .runFailed, subject: subject, reason: "ONNX Runtime's profile cannot be read: \(error)")
        }
        var assembly = ProfileAssembly(graph)
        return assembly.assemble(TraceReader.events(bytes))
    }
}
