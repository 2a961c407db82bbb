public import Engines

/// Makes fake engines; the folder of libraries, where one is given, is the version that the engine reports.
public struct FakeEngineFactory: EngineFactory {
    /// `fake`.
    public let name = "fake"
    private let protocolDescriptor: Int32

    /// Makes the factory; `protocolDescriptor` is where rubbish is written.
    public init(protocolDescriptor: Int32 = -1) { self.protocolDescriptor = protocolDescriptor }

    /// Makes the engine; the folder `missing` stands for a library that is not there.
    public func load(libraries: String?) throws(EngineError) -> any Engine {
        if libraries == "missing" {
            throw EngineError(.unavailable, subject: "fake", reason: "libfake.so: no such file", remedy: "install it")
        }
        return FakeEngine(version: libraries ?? "1.0", protocolDescriptor: protocolDescriptor)
    }
}
