public import Engines

/// Loads ONNX Runtime, release 1.16 or later, through its C API.
public struct ONNXRuntimeFactory: EngineFactory {
    static let engineName = "onnxruntime"

    /// A library that stands in for CUDA's run-time library, while the CPU provider computes; `nil` outside of tests.
    private let standIn: String?

    /// Makes the factory; nothing is opened yet.
    public init() { standIn = nil }

    /// Makes a factory whose device is main memory, reached through a library that stands in for CUDA's: what there is to the
    /// device's side but the device.
    package init(standIn: String) { self.standIn = standIn }

    /// Always `onnxruntime`.
    public var name: String { Self.engineName }

    /// Opens `libonnxruntime` in the folder, or the system's where the folder is `nil`.
    ///
    /// - Throws: `EngineError` of code `unavailable`.
    public func load(libraries: String?) throws(EngineError) -> any Engine {
        try ONNXRuntimeEngine(runtime: Runtime(folder: libraries), standIn: standIn)
    }
}
