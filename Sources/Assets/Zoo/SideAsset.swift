/// A file that belongs to a model: class names, a configuration, a vocabulary.
public struct SideAsset: Sendable, Hashable, Codable {
    /// What it is to the model: `classes`, `config`, `tokenizer`, `characters`.
    public let role: String
    /// Where it comes from.
    public let member: PinnedMember
    /// Its terms, where they are not the model's.
    public let license: LicenseStatement?

    /// Describes a file.
    public init(_ role: String, _ member: PinnedMember, license: LicenseStatement? = nil) {
        self.role = role
        self.member = member
        self.license = license
    }
}
