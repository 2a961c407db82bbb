public import Records
/// One file inside a downloaded archive, pinned by its own hash.
///
/// A path `outer.zip!inner` names a file of a zip inside the archive.
public struct PinnedMember: Sendable, Hashable, Codable {
    /// The archive.
    public let artifact: Artifact
    /// The path inside it.
    public let path: String
    /// The hash of the file.
    public let sha256: Digest

    /// Pins a file.
    public init(_ artifact: Artifact, path: String, sha256: Digest) {
        self.artifact = artifact
        self.path = path
        self.sha256 = sha256
    }

    /// The last part of the path.
    public var filename: String {
        path.split(whereSeparator: { $0 == "/" || $0 == "!" }).last.map(String.init) ?? path
    }
}
