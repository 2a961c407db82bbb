public import Engines

/// Makes the engine of Assay's own: the interpreter of `Operators`, whose heavy operators run on oneDNN where its library
/// is given, and on the reference kernels where it is not.
public struct NativeEngineFactory: EngineFactory {
    static let engineName = "native"

    private let vectorSet: VectorSet?

    /// Makes the factory; nothing is opened yet.
    public init() { vectorSet = nil }

    /// Makes the factory of engines whose vector kernels use one instruction set, though the processor may have wider ones.
    package init(vectorSet: VectorSet) { self.vectorSet = vectorSet }

    /// Always `native`.
    public var name: String { Self.engineName }

    /// Opens oneDNN where the folder holds it; without it the engine runs on the reference kernels, and its build says so.
    ///
    /// - Throws: `EngineError` of code `unavailable` when the library is there and cannot be used.
    public func load(libraries: String?) throws(EngineError) -> any Engine {
        guard let libraries else { return NativeEngine(library: nil) }
        return NativeEngine(library: try OneDNNLibrary(folder: libraries, vectorSet: vectorSet))
    }
}
