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

    /// The releases of Python that it is for, as its author says; `nil` where nothing is said.
    public let requiresPython: String?

    /// Describes a file.
    public init(filename: String, url: String, sha256: Digest?, yanked: Bool = false, requiresPython: String? = nil) {
        self.filename = filename
        self.url = url
        self.sha256 = sha256
        self.yanked = yanked
        self.requiresPython = requiresPython
    }
}

extension IndexFile {
    /// Whether its author means it for a release of Python; what cannot be read forbids nothing.
    func isFor(_ python: PackageVersion?) -> Bool {
        guard let python, let requiresPython, let wanted = try? VersionConstraint(requiresPython) else { return true }
        return wanted.allows(python)
    }
}
