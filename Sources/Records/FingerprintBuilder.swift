/// Gathers the samples of a fingerprint as they come by; it takes the memory of a few of them, however many there are.
public struct FingerprintBuilder: Sendable {
    private var hash = SHA256()
    private var samples: [Fingerprint.Sample] = []
    /// How many samples there were.
    public private(set) var count = 0

    /// Makes a builder without samples.
    public init() {}

    /// Adds the next sample.
    public mutating func add(_ sample: Fingerprint.Sample) {
        // The length before the name keeps two names from running together.
        hash.update("\(sample.name.utf8.count):\(sample.name)\(sample.digest.hex)")
        if samples.count < Fingerprint.mostListed { samples.append(sample) }
        count += 1
    }

    /// The fingerprint of what was added.
    public func fingerprint(_ stage: Fingerprint.Stage, labels: Labels = [:]) -> Fingerprint {
        Fingerprint(stage: stage, labels: labels, count: count, digest: hash.digest, samples: samples)
    }
}
