public import Records
/// A set of files that Assay can fetch out of one package: what it is, where it comes from, its terms, and one hash over
/// all of them.
public struct DataPackage: Sendable, Hashable {
    /// The name.
    public let name: String
    /// The version.
    public let version: String
    /// One line.
    public let summary: String
    /// The package.
    public let artifact: Artifact
    /// The folder of the package that is taken, whose path is left out of the files' names.
    public let folder: String
    /// Which files of the folder are taken: `*` stands for any run of characters within one name; `**` alone for all
    /// files at any depth.
    public let pattern: String
    /// The number of files.
    public let count: Int
    /// The SHA-256 of the manifest: a line `HASH  PATH` for each file, in the order of the paths.
    public let manifest: Digest
    /// The terms.
    public let license: LicenseStatement
    /// Who made it, and where.
    public let origin: String

    /// Describes a set of files.
    public init(
        name: String, version: String, summary: String, artifact: Artifact, folder: String, pattern: String = "*",
        count: Int, manifest: Digest, license: LicenseStatement, origin: String
    ) {
        self.name = name
        self.version = version
        self.summary = summary
        self.artifact = artifact
        self.folder = folder
        self.pattern = pattern
        self.count = count
        self.manifest = manifest
        self.license = license
        self.origin = origin
    }

    /// The name by which it is asked for with its version: `foolbox-imagenet@3.3.4`.
    public var title: String { "\(name)@\(version)" }
}
