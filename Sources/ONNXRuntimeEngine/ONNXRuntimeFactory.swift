public import Engines

/// Loads ONNX Runtime, release 1.16 or later, through its C API.
public struct ONNXRuntimeFactory: EngineFactory {
    static let engineName = "onnxruntime"

    /// Makes the factory; nothing is opened yet.
    public init() {}

    /// Always `onnxruntime`.
    public var name: String { Self.engineName }

    /// Opens `libonnxruntime` in the folder, or the system's where the folder is `nil`.
    ///
    /// - Throws: `EngineError` of code `unavailable`.
    public func load(libraries: String?) throws(EngineError) -> any Engine {
        try ONNXRuntimeEngine(runtime: Runtime(folder: libraries))
    }
}
