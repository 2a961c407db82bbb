import Foundation
import Records

/// How far one run lies from another one of the same spec, in everything that can be seen of both.
///
/// Every number is 0 where nothing differs; `nil` where one of the two records does not tell.
struct ReplayObservation: Sendable, Hashable {
    /// The share of pairs of model and stack that ended otherwise.
    var outcomes = 0.0
    /// The share of samples that were fed otherwise.
    var inputs: Double?
    /// The share of samples whose outputs differ in any bit.
    var bits: Double?
    /// The largest max|a−b| / max|b| of the outputs that were kept; infinite where a type or shape differs.
    var distance: Double?
    /// The share of samples whose answers differ.
    var answers: Double?
    /// The largest difference of an accuracy or error rate.
    var scores: Double?
    /// The first step of pre-processing whose result differs: `0 decode`.
    var step: String?

    /// Compares the archives of two runs with as many models and stacks.
    init(_ run: RecordArchive, against reference: RecordArchive) {
        let sides = (Side(run), Side(reference))
        let cells = zip(run.record.outcomes, reference.record.outcomes).map { $0.isCompleted == $1.isCompleted }
        outcomes = Self.share(cells.filter { !$0 }.count, of: cells.count)
        inputs = Self.worst(.inputs, sides)
        bits = Self.worst(.outputs, sides)
        answers = Self.worst(.answers, sides)
        for (own, other) in Self.pairs(.outputs, sides) {
            guard let found = Self.distance((run, own), (reference, other)) else { continue }
            distance = max(distance ?? 0, found)
        }
        scores = Self.scores(sides)
        step = Self.pairs(.step, sides).first { $0.0.digest != $0.1.digest }?.1.labels["step"]
    }

    private static func share(_ part: Int, of count: Int) -> Double { count == 0 ? 0 : Double(part) / Double(count) }

    // MARK: - Fingerprints

    /// One of the two records, with models and stacks by their places instead of their names.
    private struct Side {
        let record: Record
        private let models: [String: Int]
        private let stacks: [String: Int]

        init(_ archive: RecordArchive) {
            record = archive.record
            models = Self.places(record.outcomes.compactMap { $0.labels[Label.model] })
            stacks = Self.places(record.outcomes.map(\.stack))
        }

        /// Each name by its place among the different ones.
        private static func places(_ names: [String]) -> [String: Int] {
            names.reduce(into: [:]) { places, name in
                if places[name] == nil { places[name] = places.count }
            }
        }

        /// Settings that the title of a stack stands for: one that is changed is no other cell.
        private static let settings: Set = [Label.threads, "optimization", "precision"]

        /// The labels with places for names.
        func key(_ labels: Labels) -> Labels {
            var key = labels.filter { !Self.settings.contains($0.key) }
            if let model = labels[Label.model] { key[Label.model] = models[model].map(String.init) ?? model }
            if let stack = labels[Label.stack] { key[Label.stack] = stacks[stack].map(String.init) ?? stack }
            return key
        }
    }

    private static func pairs(
        _ stage: Fingerprint.Stage, _ sides: (Side, Side)
    ) -> [(Fingerprint, Fingerprint)] {
        // A step of another name at the same place is another step: the labels of steps need not match.
        func key(_ fingerprint: Fingerprint, _ side: Side) -> Labels {
            var key = side.key(fingerprint.labels)
            if let step = key["step"] { key["step"] = step.split(separator: " ").first.map(String.init) }
            return key
        }
        let others = Dictionary(
            sides.1.record.fingerprints.filter { $0.stage == stage }.map { (key($0, sides.1), $0) }
        ) { first, _ in first }
        return sides.0.record.fingerprints.filter { $0.stage == stage }.compactMap { own in
            others[key(own, sides.0)].map { (own, $0) }
        }
    }

    /// The largest share of samples that differ among all models and stacks; `nil` where there is nothing to compare.
    private static func worst(_ stage: Fingerprint.Stage, _ sides: (Side, Side)) -> Double? {
        pairs(stage, sides).map { share(of: $0.0, differingFrom: $0.1) }.max()
    }

    private static func share(of own: Fingerprint, differingFrom other: Fingerprint) -> Double {
        guard own.digest != other.digest else { return 0 }
        let count = max(own.count, other.count, 1)
        let listed = zip(own.samples, other.samples)
        let differing = listed.filter { $0.digest != $1.digest }.count + abs(own.samples.count - other.samples.count)
        let compared = max(own.samples.count, other.samples.count, 1)
        // What differs beyond the listed samples is one sample at least.
        return max(share(differing, of: compared), 1 / Double(count))
    }

    // MARK: - Distances

    private static func distance(
        _ own: (archive: RecordArchive, fingerprint: Fingerprint),
        _ other: (archive: RecordArchive, fingerprint: Fingerprint)
    ) -> Double? {
        guard let kept = own.fingerprint.kept, let reference = other.fingerprint.kept,
            let numbers = own.archive.values(of: kept), let expected = other.archive.values(of: reference)
        else { return nil }
        var worst = 0.0
        var (here, there) = (0, 0)
        for (part, otherPart) in zip(kept.parts, reference.parts) {
            guard part == otherPart, here + part.count <= numbers.count, there + otherPart.count <= expected.count
            else {
                return .infinity
            }
            worst = max(
                worst, agreement(numbers[here..<(here + part.count)], expected[there..<(there + otherPart.count)]))
            here += part.count
            there += otherPart.count
        }
        return kept.parts.isEmpty || reference.parts.isEmpty ? nil : worst
    }

    /// max|a−b| / max|b|; infinite where one side is not finite and the other is not the same.
    private static func agreement(_ actual: ArraySlice<Double>, _ expected: ArraySlice<Double>) -> Double {
        var (difference, scale) = (0.0, 0.0)
        for (a, b) in zip(actual, expected) {
            guard a.isFinite, b.isFinite else {
                if a == b || (a.isNaN && b.isNaN) { continue }
                return .infinity
            }
            difference = max(difference, abs(a - b))
            scale = max(scale, abs(b))
        }
        return difference == 0 ? 0 : difference / scale
    }

    // MARK: - Scores

    private static func scores(_ sides: (Side, Side)) -> Double? {
        func values(_ side: Side) -> [[String]: Double] {
            let metrics = side.record.metrics.filter { metric in
                !metric.varies && metric.unit == .fraction
                    && (metric.name.hasPrefix("accuracy") || metric.name.hasPrefix("error"))
            }
            let pairs = metrics.compactMap { metric in
                metric.value.map { value in
                    (
                        [metric.name]
                            + side.key(metric.labels).sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }, value
                    )
                }
            }
            return Dictionary(pairs) { first, _ in first }
        }
        let (own, other) = (values(sides.0), values(sides.1))
        return own.compactMap { key, value in other[key].map { abs(value - $0) } }.max()
    }
}
