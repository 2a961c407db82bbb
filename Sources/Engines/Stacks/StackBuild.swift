public import Assets
import Records

/// A stack resolved to one exact build: what a lock file holds.
public struct StackBuild: Sendable, Hashable, Codable {
    /// The engine.
    public var engine: String
    /// The exact version of the package.
    public var version: String
    /// The file that holds it, pinned by its hash.
    public var artifact: Artifact
    /// The kind of machine it is for: `linux-x86_64`.
    public var platform: String

    /// Describes a build.
    public init(engine: String, version: String, artifact: Artifact, platform: String = Self.currentPlatform) {
        self.engine = engine
        self.version = version
        self.artifact = artifact
        self.platform = platform
    }

    /// The kind of the present machine.
    public static var currentPlatform: String {
        #if os(macOS)
            let system = "macos"
        #else
            let system = "linux"
        #endif
        #if arch(arm64)
            return system + "-arm64"
        #else
            return system + "-x86_64"
        #endif
    }

    /// The folder's name under `stacks/`: the engine, the version, and the beginning of the hash.
    public var folderName: String { "\(engine)-\(version)-\(artifact.sha256.short)" }
}
