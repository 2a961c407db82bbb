/// A series of raw samples: what they are and the hash under which their bytes lie beside the record.
public struct SampleSeries: Sendable, Hashable, Codable {
    /// What was sampled: `latency`.
    public var name: String
    /// What it is about: model, stack.
    public var labels: Labels
    /// The unit of a sample.
    public var unit: MetricUnit
    /// How many samples there are.
    public var count: Int
    /// The SHA-256 digest of the samples as little-endian Int64.
    public var digest: Digest

    /// Describes samples; hashes them.
    public init(_ name: String, _ samples: [Int64], unit: MetricUnit = .nanoseconds, labels: Labels = [:]) {
        self.name = name
        self.labels = labels
        self.unit = unit
        count = samples.count
        digest = SHA256.digest(of: Samples.encode(samples))
    }

    /// Describes samples whose digest is known.
    package init(name: String, labels: Labels, unit: MetricUnit, count: Int, digest: Digest) {
        self.name = name
        self.labels = labels
        self.unit = unit
        self.count = count
        self.digest = digest
    }

    private enum CodingKeys: String, CodingKey {
        case name, labels, unit, count
        case digest = "sha256"
    }

    /// Reads the JSON form.
    public init(from decoder: any Decoder) throws {
        let box = try decoder.container(keyedBy: CodingKeys.self)
        name = try box.decode(String.self, forKey: .name)
        labels = try box.decodeIfPresent(Labels.self, forKey: .labels) ?? [:]
        unit = try box.decode(MetricUnit.self, forKey: .unit)
        count = try box.decode(Int.self, forKey: .count)
        digest = try box.decode(Digest.self, forKey: .digest)
    }
}
