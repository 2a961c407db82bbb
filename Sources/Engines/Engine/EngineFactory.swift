/// How a worker makes an engine: by the engine's name and the folder that holds its libraries.
///
/// A factory opens nothing until `load` is called, so that the worker can first set the variables that a library reads
/// while it is loaded (`OMP_WAIT_POLICY` and its like).
public protocol EngineFactory: Sendable {
    /// The engine's name as stacks write it: `native`, `onnxruntime`, `openvino`, …
    var name: String { get }

    /// Loads the engine's library into this process.
    ///
    /// - Parameter libraries: the folder that holds the engine's shared libraries; `nil` leaves the search to the system's
    ///   loader, or asks for an engine that needs none.
    /// - Throws: `EngineError` of code `unavailable` when the library cannot be loaded.
    func load(libraries: String?) throws(EngineError) -> any Engine
}
