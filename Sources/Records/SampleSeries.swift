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
    /// How many samples each round of each fresh process has, in their order; empty where that is not known.
    ///
    /// Only processes, or else rounds, are independent of each other: an interval needs them.
    public var rounds: [[Int]]

    /// Describes samples; hashes them.
    public init(
        _ name: String, _ samples: [Int64], unit: MetricUnit = .nanoseconds, labels: Labels = [:], rounds: [[Int]] = []
    ) {
        self.init(
            name: name, labels: labels, unit: unit, count: samples.count,
            digest: SHA256.digest(of: Samples.encode(samples)), rounds: rounds)
    }

    /// Describes samples whose digest is known.
    package init(
        name: String, labels: Labels, unit: MetricUnit, count: Int, digest: Digest, rounds: [[Int]] = []
    ) {
        self.name = name
        self.labels = labels
        self.unit = unit
        self.count = count
        self.digest = digest
        self.rounds = rounds
    }

    /// The samples by process and round; all in one round of one process where that is not known.
    public func processes(of samples: [Int64]) -> [[[Int64]]] {
        guard !rounds.isEmpty, Self.fit(rounds, count: samples.count) else { return [[samples]] }
        var rest = samples[...]
        return rounds.map { process in
            process.map { count in
                defer { rest = rest.dropFirst(count) }
                return Array(rest.prefix(count))
            }
        }
    }

    /// Whether the rounds hold so many samples together.
    package static func fit(_ rounds: [[Int]], count: Int) -> Bool {
        var rest = count
        for round in rounds.joined() {
            guard round >= 0, round <= rest else { return false }
            rest -= round
        }
        return rest == 0
    }

    private enum CodingKeys: String, CodingKey {
        case name, labels, unit, count, rounds
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
        rounds = try box.decodeIfPresent([[Int]].self, forKey: .rounds) ?? []
        guard rounds.isEmpty || Self.fit(rounds, count: count) else {
            throw DecodingError.dataCorruptedError(
                forKey: .rounds, in: box, debugDescription: "the rounds do not hold \(count) samples together")
        }
    }

    /// Writes the JSON form.
    public func encode(to encoder: any Encoder) throws {
        var box = encoder.container(keyedBy: CodingKeys.self)
        try box.encode(name, forKey: .name)
        try box.encode(labels, forKey: .labels)
        try box.encode(unit, forKey: .unit)
        try box.encode(count, forKey: .count)
        try box.encode(digest, forKey: .digest)
        if !rounds.isEmpty { try box.encode(rounds, forKey: .rounds) }
    }
}
