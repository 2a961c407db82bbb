public import Records
/// One file that a package index offers for a project.
public struct IndexFile: Sendable, Hashable, Codable {
    /// The name of the file.
    public let filename: String
    /// Its address.
    public let url: String
    /// Its hash, where the index states one.
    public let sha256: Digest?
    /// True when its author withdrew it.
    public let yanked: Bool

    /// Describes a file.
    public init(filename: String, url: String, sha256: Digest?, yanked: Bool = false) {
        self.filename = filename
        self.url = url
        self.sha256 = sha256
        self.yanked = yanked
    }
}
