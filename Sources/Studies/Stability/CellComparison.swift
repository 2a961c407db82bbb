import Assets
import Tensors

/// The outputs of one cell held against those of another, sample by sample.
struct CellComparison: Sendable {
    /// The largest distance in units in the last place of one element type, and where it is.
    struct Units: Sendable, Hashable {
        var units: UInt64
        var elementType: String
        var sample: String
        var output: String
        /// One number a dimension; empty for a scalar.
        var index: [Int]

        /// Where it is, in words.
        var place: String {
            "output '\(output)'\(index.isEmpty ? "" : " at \(index)") of \(sample)"
        }
    }

    /// A sample whose label is another one.
    struct Flip: Sendable, Hashable {
        var sample: String
        /// The label that the data have for it.
        var label: String?
        var reference: String
        var answer: String

        /// The class that it counts for: the true one where it is known, else what the reference said.
        var category: String { label ?? reference }
    }

    /// The most outputs that are named for what cannot be compared.
    static let mostMismatches = 8

    let tolerance: Double
    private(set) var samples = 0
    /// Samples of which every bit is the same.
    private(set) var identical = 0
    /// The worst distance of each element type, by its name.
    private(set) var units: [String: Units] = [:]
    /// The largest max|a−b| / max|b| of any sample and output, and the sample's place in the list.
    private(set) var distance = 0.0
    private(set) var farthest: Int?
    /// Samples beyond the tolerance.
    private(set) var beyond = 0
    /// Outputs whose type or shape differs, or whose not-a-numbers stand elsewhere; the first few.
    private(set) var mismatches: [String] = []
    /// Samples that have a label on both sides.
    private(set) var labelled = 0
    private(set) var flips: [Flip] = []
    /// Samples with a label and flips among them, by class.
    private(set) var classes: [String: (samples: Int, flips: Int)] = [:]
    /// True where values differ for which units in the last place have no meaning, such as integers.
    private(set) var lacksUnits = false

    init(tolerance: Double) { self.tolerance = tolerance }

    /// The worst distance of all types.
    var worstUnits: Units? { units.values.max { ($0.units, $1.elementType) < ($1.units, $0.elementType) } }

    /// True where every bit of every sample is the same.
    var isIdentical: Bool { samples > 0 && identical == samples }

    /// Takes in a sample's outputs.
    ///
    /// - Parameters:
    ///   - place: the sample's place in the list of samples.
    ///   - shared: outputs that belong to a whole batch, and are not compared.
    mutating func add(
        _ sample: String, at place: Int, _ outputs: [NamedTensor], reference: [NamedTensor], shared: Set<String> = []
    ) {
        samples += 1
        let own = Self.tensors(outputs, for: reference)
        var (isSame, isBeyond, most) = (true, false, 0.0)
        for other in reference where !shared.contains(other.name) {
            guard let tensor = own[other.name] else {
                (isSame, isBeyond, most) = (false, true, .infinity)
                note("\(sample): there is no output '\(other.name)'")
                continue
            }
            if tensor == other.tensor { continue }
            isSame = false
            let comparison = TensorComparison(
                tensor, reference: other.tensor, tolerance: .agreement(tolerance, nanEqualsNaN: true))
            note(comparison, of: other.name, sample: sample, elementType: other.tensor.elementType)
            if !comparison.agrees { isBeyond = true }
            switch comparison.outcome {
            case .agrees, .values: most = max(most, comparison.agreement)
            default: most = .infinity
            }
        }
        if isSame { identical += 1 }
        if isBeyond { beyond += 1 }
        if !isSame, farthest == nil || most > distance { (distance, farthest) = (most, place) }
    }

    /// Takes in what a sample's answers were; those that are no labels count for nothing.
    mutating func add(
        _ sample: String, label: String?, _ answer: Answer, reference: Answer, _ labelling: StabilityLabelling
    ) {
        guard let own = labelling.words(answer), let other = labelling.words(reference) else { return }
        let flip = Flip(sample: sample, label: label, reference: other, answer: own)
        let isFlip = !labelling.agree(answer, reference)
        labelled += 1
        var count = classes[flip.category] ?? (0, 0)
        count.samples += 1
        if isFlip {
            flips.append(flip)
            count.flips += 1
        }
        classes[flip.category] = count
    }

    /// The outputs by the names of the reference; exports that share no name are matched by the order of their outputs.
    private static func tensors(_ outputs: [NamedTensor], for reference: [NamedTensor]) -> [String: Tensor] {
        let names = Set(reference.map(\.name))
        let isForeign = outputs.count == reference.count && !outputs.contains { names.contains($0.name) }
        let pairs = zip(isForeign ? reference : outputs, outputs).map { ($0.name, $1.tensor) }
        return Dictionary(pairs, uniquingKeysWith: { $1 })
    }

    private mutating func note(_ mismatch: String) {
        if mismatches.count < Self.mostMismatches { mismatches.append(mismatch) }
    }

    private mutating func note(
        _ comparison: TensorComparison, of output: String, sample: String, elementType: ElementType
    ) {
        switch comparison.outcome {
        case .shape, .elementType, .nonFinite: note("\(sample), output '\(output)': \(comparison)")
        case .agrees, .values: break
        }
        guard let worst = comparison.maximumUlps else {
            lacksUnits = true
            return
        }
        if let known = units[elementType.name], known.units >= worst { return }
        units[elementType.name] = Units(
            units: worst, elementType: elementType.name, sample: sample, output: output,
            index: comparison.worstUlpsIndex ?? [])
    }
}

extension CellComparison {
    /// Compares two cells as far as both have samples.
    init(
        _ outputs: CellOutputs, reference: CellOutputs, samples: [StabilitySamples.Sample], tolerance: Double,
        _ labelling: StabilityLabelling
    ) {
        self.init(tolerance: tolerance)
        for place in 0..<min(outputs.samples.count, reference.samples.count, samples.count) {
            let sample = samples[place]
            add(
                sample.name, at: place, outputs.samples[place], reference: reference.samples[place],
                shared: outputs.shared)
            add(
                sample.name, label: sample.label, outputs.answers[place], reference: reference.answers[place],
                labelling)
        }
    }
}
