import Assets
import Records
import Tensors

/// What came out of one model on one stack: a digest of every sample, and the numbers of the first ones.
///
/// The numbers let a later run measure how far its outputs lie from these. They are bounded: a tensor gives at most
/// `mostOfTensor` elements, evenly spread, and all together `mostOfAll`.
struct OutputEvidence: Sendable {
    /// The most elements that are kept of one tensor.
    static let mostOfTensor = 4_096
    /// The most elements that are kept of all samples.
    static let mostOfAll = 8_192

    private var builder = FingerprintBuilder()
    private var parts: [KeptValues.Part] = []
    private var words: [Int64] = []
    private var isFull = false

    /// Adds the outputs of the next sample.
    mutating func add(_ name: String, _ outputs: [NamedTensor]) {
        if !isFull { keep(outputs, sample: builder.count) }
        builder.add(Fingerprint.Sample(name, outputs.digest))
    }

    /// How many samples there were.
    var count: Int { builder.count }

    /// The fingerprint, and the words of the numbers that were kept.
    func fingerprint(labels: Labels) -> (fingerprint: Fingerprint, words: [Int64]) {
        var fingerprint = builder.fingerprint(.outputs, labels: labels)
        if !parts.isEmpty {
            fingerprint.kept = KeptValues(digest: SHA256.digest(of: Samples.encode(words)), parts: parts)
        }
        return (fingerprint, words)
    }

    private mutating func keep(_ outputs: [NamedTensor], sample: Int) {
        var (kept, added): ([KeptValues.Part], [Int64]) = ([], [])
        let most = max(1, min(Self.mostOfTensor, Self.mostOfAll / max(1, outputs.count)))
        for output in outputs {
            guard let numbers = try? output.tensor.doubles(), !numbers.isEmpty else { continue }
            let stride = (numbers.count + most - 1) / most
            let chosen = Swift.stride(from: 0, to: numbers.count, by: stride).map { numbers[$0].bitPattern }
            kept.append(
                KeptValues.Part(
                    sample: sample, name: output.name, type: output.tensor.typeText, count: chosen.count, stride: stride
                ))
            added += chosen.map { Int64(bitPattern: $0) }
        }
        // A sample is kept whole or not at all; the first one fits always.
        isFull = words.count + added.count > Self.mostOfAll
        guard !isFull else { return }
        parts += kept
        words += added
    }
}
