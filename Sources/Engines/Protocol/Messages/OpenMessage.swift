/// Asks for an engine.
struct OpenRequest: Codable {
    var engine: String
    /// The folder of its libraries on the worker's machine; absent for the system's own.
    var libraries: String?
    /// The version that the stack locked; another one is refused.
    var version: String?
    /// How the engine's process is started, where it has one of its own.
    var guest: GuestCommand?
}

/// What a worker found when it opened an engine.
public struct OpenedEngine: Codable, Sendable, Hashable {
    /// What the loaded library says it is.
    public var identity: EngineIdentity
    /// What it can do.
    public var capabilities: EngineCapabilities
    /// Time to load the library, in nanoseconds.
    public var loadNanoseconds: Int64
    /// Peak resident memory of the worker after the library was loaded and before any model was, in bytes.
    public var peakMemory: Int
}
