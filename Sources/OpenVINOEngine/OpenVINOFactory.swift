public import Engines

/// Loads OpenVINO, release 2023.2 or later, through its C API.
public struct OpenVINOFactory: EngineFactory {
    static let engineName = "openvino"

    /// Makes the factory; nothing is opened yet.
    public init() {}

    /// Always `openvino`.
    public var name: String { Self.engineName }

    /// Opens `libopenvino_c` in the folder, or the system's where the folder is `nil`.
    ///
    /// - Throws: `EngineError` of code `unavailable`.
    public func load(libraries: String?) throws(EngineError) -> any Engine {
        try OpenVINOEngine(runtime: Runtime(folder: libraries))
    }
}
