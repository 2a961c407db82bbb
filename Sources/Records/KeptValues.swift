/// Numbers that were kept of the first samples of a stage, so that a later run can measure how far its own lie from them.
///
/// They lie beside the record like raw samples, as the bit patterns of Float64 numbers, one tensor after the other, under the
/// digest of a series of the record.
public struct KeptValues: Sendable, Hashable, Codable {
    /// One tensor of one sample: all of its elements, or every so-manieth.
    public struct Part: Sendable, Hashable, Codable {
        /// The place of the sample.
        public var sample: Int
        /// The name of the tensor.
        public var name: String
        /// Element type and shape: `f32[1x1000]`.
        public var type: String
        /// How many elements were kept.
        public var count: Int
        /// The distance between two kept elements; 1 keeps all.
        public var stride: Int

        /// Makes a part.
        public init(sample: Int, name: String, type: String, count: Int, stride: Int) {
            self.sample = sample
            self.name = name
            self.type = type
            self.count = count
            self.stride = stride
        }
    }

    /// The digest of the series that holds the numbers.
    public var digest: Digest
    /// What lies where, in order.
    public var parts: [Part]

    /// Describes numbers.
    public init(digest: Digest, parts: [Part]) {
        self.digest = digest
        self.parts = parts
    }

    private enum CodingKeys: String, CodingKey {
        case parts
        case digest = "sha256"
    }
}
