/// Something that went into a record, by its content: a model, a data set, an engine's library.
public struct Ingredient: Sendable, Hashable, Codable {
    /// What it served as; open.
    public struct Role: RawRepresentable, Sendable, Hashable, Codable {
        /// The stable name.
        public let rawValue: String
        /// Makes a role from its stable name.
        public init(rawValue: String) { self.rawValue = rawValue }
        /// A model file.
        public static let model = Role(rawValue: "model")
        /// A form of a model in a format of one engine's own; of a folder the digest is that of its list of files.
        public static let form = Role(rawValue: "form")
        /// A data set, or one of its files.
        public static let data = Role(rawValue: "data")
        /// An engine's library or archive.
        public static let engine = Role(rawValue: "engine")
        /// A library that decodes what a model is fed.
        public static let decoder = Role(rawValue: "decoder")
        /// The worker's binary.
        public static let worker = Role(rawValue: "worker")

        /// Reads the name from a single string.
        public init(from decoder: any Decoder) throws {
            self.init(rawValue: try decoder.singleValueContainer().decode(String.self))
        }

        /// Writes the name as a single string.
        public func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            try container.encode(rawValue)
        }
    }

    /// What it served as.
    public var role: Role
    /// Its name.
    public var name: String
    /// Its version, as read from the thing itself where it says one.
    public var version: String?
    /// The SHA-256 digest of its bytes.
    public var digest: Digest
    /// Its size in bytes.
    public var bytes: Int64?
    /// Where it came from.
    public var origin: String?
    /// Its licence, by SPDX identifier.
    public var licence: String?

    /// Makes an ingredient.
    public init(
        _ role: Role, name: String, version: String? = nil, digest: Digest, bytes: Int64? = nil, origin: String? = nil,
        licence: String? = nil
    ) {
        self.role = role
        self.name = name
        self.version = version
        self.digest = digest
        self.bytes = bytes
        self.origin = origin
        self.licence = licence
    }

    private enum CodingKeys: String, CodingKey {
        case role, name, version, bytes, origin, licence
        case digest = "sha256"
    }
}
