/// What a loaded engine says it is; never what was asked for.
public struct EngineIdentity: Sendable, Hashable, Codable {
    /// The name under which specs ask for it: `native`, `onnxruntime`, `openvino`.
    public var name: String
    /// The version that the loaded library reports.
    public var version: String
    /// The library's own build description, where it has one.
    public var build: String
    /// The instruction set the library says it uses, where it tells.
    public var instructionSet: String?

    /// Makes an identity.
    public init(name: String, version: String, build: String, instructionSet: String? = nil) {
        self.name = name
        self.version = version
        self.build = build
        self.instructionSet = instructionSet
    }
}
