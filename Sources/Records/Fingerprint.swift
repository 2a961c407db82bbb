/// What went through one point of a study, by content: enough to tell whether the same went through it in another run, and
/// which sample was the first that did not.
///
/// The digest covers every sample; the first ones are listed one by one, so that a record stays small whatever its data.
public struct Fingerprint: Sendable, Hashable, Codable {
    /// A point of a study; open.
    public struct Stage: RawRepresentable, Sendable, Hashable, Codable {
        /// The stable name.
        public let rawValue: String
        /// Makes a stage from its stable name.
        public init(rawValue: String) { self.rawValue = rawValue }
        /// What a model computes, without its weights, names of producers and notes.
        public static let graph = Stage(rawValue: "graph")
        /// The weights of a model, one a sample.
        public static let weights = Stage(rawValue: "weights")
        /// What a step of pre-processing made; the label `step` says which: `1 resize`.
        public static let step = Stage(rawValue: "step")
        /// What a model was fed.
        public static let inputs = Stage(rawValue: "inputs")
        /// What came out of a model on a stack, bit for bit.
        public static let outputs = Stage(rawValue: "outputs")
        /// What a model on a stack said, in the terms of the task.
        public static let answers = Stage(rawValue: "answers")

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

    /// One sample by content.
    public struct Sample: Sendable, Hashable, Codable {
        /// What records call it.
        public var name: String
        /// The SHA-256 digest of what went through.
        public var digest: Digest

        /// Makes a sample.
        public init(_ name: String, _ digest: Digest) {
            self.name = name
            self.digest = digest
        }

        private enum CodingKeys: String, CodingKey {
            case name
            case digest = "sha256"
        }
    }

    /// The most samples that are listed one by one.
    public static let mostListed = 64

    /// The point of the study.
    public var stage: Stage
    /// What it is about: model, stack, step.
    public var labels: Labels
    /// How many samples the digest covers.
    public var count: Int
    /// The digest of the names and digests of all samples, in order.
    public var digest: Digest
    /// The first samples.
    public var samples: [Sample]
    /// The values that were kept of the first samples; `nil` where none were.
    public var kept: KeptValues?

    /// Makes a fingerprint of samples.
    public init(_ stage: Stage, _ samples: [Sample], labels: Labels = [:]) {
        var builder = FingerprintBuilder()
        for sample in samples { builder.add(sample) }
        self = builder.fingerprint(stage, labels: labels)
    }

    /// Makes a fingerprint from its parts.
    init(stage: Stage, labels: Labels, count: Int, digest: Digest, samples: [Sample]) {
        self.stage = stage
        self.labels = labels
        self.count = count
        self.digest = digest
        self.samples = samples
    }

    private enum CodingKeys: String, CodingKey {
        case stage, labels, count, samples, kept
        case digest = "sha256"
    }
}

extension Record {
    /// The fingerprint of a stage whose labels include the given ones; `nil` when there is none or several.
    public func fingerprint(_ stage: Fingerprint.Stage, _ labels: Labels = [:]) -> Fingerprint? {
        let found = fingerprints.filter { fingerprint in
            fingerprint.stage == stage && labels.allSatisfy { fingerprint.labels[$0.key] == $0.value }
        }
        return found.count == 1 ? found[0] : nil
    }
}
