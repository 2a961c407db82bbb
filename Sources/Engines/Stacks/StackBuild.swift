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
    /// The further packages of an engine that runs in Python, pinned likewise; empty for one whose libraries are all in the
    /// artifact.
    public var packages: [Artifact]
    /// The release of Python that the packages are for, as `3.11`; `nil` for an engine that runs in none.
    public var python: String?
    /// The kind of device that it computes on; `nil` for the processor.
    public var device: ComputeDevice.Kind?

    /// Describes a build.
    public init(
        engine: String, version: String, artifact: Artifact, platform: String = Self.currentPlatform,
        packages: [Artifact] = [], python: String? = nil, device: ComputeDevice.Kind? = nil
    ) {
        self.engine = engine
        self.version = version
        self.artifact = artifact
        self.platform = platform
        self.packages = packages
        self.python = python
        self.device = device
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

    /// Everything that is downloaded for it.
    public var artifacts: [Artifact] { [artifact] + packages }

    /// The folder's name under `stacks/`: the engine, the version, and the beginning of the hash of all that is in it.
    public var folderName: String {
        let hash =
            packages.isEmpty
            ? artifact.sha256
            : SHA256.digest(of: ([python ?? ""] + artifacts.map(\.sha256.hex).sorted()).joined(separator: "\n"))
        return "\(engine)-\(version)-\(hash.short)"
    }
}

extension StackBuild {
    private enum CodingKeys: CodingKey { case engine, version, artifact, platform, packages, python, device }

    /// Reads a build; what an engine without Python lacks may be absent.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            engine: try values.decode(String.self, forKey: .engine),
            version: try values.decode(String.self, forKey: .version),
            artifact: try values.decode(Artifact.self, forKey: .artifact),
            platform: try values.decode(String.self, forKey: .platform),
            packages: try values.decodeIfPresent([Artifact].self, forKey: .packages) ?? [],
            python: try values.decodeIfPresent(String.self, forKey: .python),
            device: try values.decodeIfPresent(ComputeDevice.Kind.self, forKey: .device))
    }

    /// Writes a build, and of an engine without Python nothing of Python.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(engine, forKey: .engine)
        try values.encode(version, forKey: .version)
        try values.encode(artifact, forKey: .artifact)
        try values.encode(platform, forKey: .platform)
        if !packages.isEmpty { try values.encode(packages, forKey: .packages) }
        try values.encodeIfPresent(python, forKey: .python)
        try values.encodeIfPresent(device, forKey: .device)
    }
}
