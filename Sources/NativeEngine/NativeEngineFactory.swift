public import Engines

/// Makes the engine of Assay's own: the interpreter of `Operators`, whose heavy operators run on oneDNN where its library
/// is given, and on the reference kernels where it is not.
public struct NativeEngineFactory: EngineFactory {
    static let engineName = "native"

    /// Makes the factory; nothing is opened yet.
    public init() {}

    /// Always `native`.
    public var name: String { Self.engineName }

    /// Makes the engine on the reference kernels.
    public func load(libraries: String?) throws(EngineError) -> any Engine { NativeEngine() }
}
