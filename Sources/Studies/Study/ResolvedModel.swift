public import Records

/// A model that is on this machine: its file, its identity, and what is known of its origin.
public struct ResolvedModel: Sendable, Hashable {
    /// What the record calls it.
    public var name: String
    /// The ONNX file.
    public var path: String
    /// The SHA-256 of the file.
    public var digest: Digest
    /// The size of the file in bytes.
    public var bytes: Int64
    /// The version, for a model of the zoo.
    public var version: String?
    /// Where it comes from, for a model of the zoo.
    public var origin: String?
    /// The licence as stated by its origin.
    public var licence: String?
    /// The forms of it that engines load in place of the file.
    public var forms: [ResolvedForm] = []

    /// Makes a resolved model.
    public init(
        name: String, path: String, digest: Digest, bytes: Int64, version: String? = nil, origin: String? = nil,
        licence: String? = nil
    ) {
        self.name = name
        self.path = path
        self.digest = digest
        self.bytes = bytes
        self.version = version
        self.origin = origin
        self.licence = licence
    }

    /// The model as a record lists it.
    var ingredient: Ingredient {
        Ingredient(
            .model, name: name, version: version, digest: digest, bytes: bytes, origin: origin, licence: licence)
    }
}
