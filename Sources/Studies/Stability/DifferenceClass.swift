/// How far two cells are apart, in one word; the later the worse.
enum DifferenceClass: String, Sendable, CaseIterable {
    /// Every bit of every output of every sample is the same.
    case identical = "bit-identical"
    /// At most a few units in the last place.
    case lastBits = "last bits"
    /// More, and within the tolerance.
    case withinTolerance = "within tolerance"
    /// Within the tolerance, and one of the two gives other bits each time.
    case unsteady = "not deterministic"
    /// Beyond the tolerance, and no label is another one.
    case beyondTolerance = "beyond tolerance, same labels"
    /// Labels are other ones.
    case labelsFlip = "labels flip"

    /// How bad it is, from 0.
    var severity: Int { Self.allCases.firstIndex(of: self) ?? 0 }

    /// Classes what was found; `nil` where nothing was compared.
    ///
    /// - Parameters:
    ///   - isDeterministic: whether each of the two gave the same bits whenever it ran.
    ///   - lastBits: up to how many units in the last place a difference is one of the last bits.
    init?(_ comparison: CellComparison, isDeterministic: Bool, lastBits: Int) {
        guard comparison.samples > 0 else { return nil }
        if !comparison.flips.isEmpty {
            self = .labelsFlip
        } else if comparison.beyond > 0 {
            self = .beyondTolerance
        } else if !isDeterministic {
            self = .unsteady
        } else if comparison.identical == comparison.samples {
            self = .identical
        } else if !comparison.lacksUnits, comparison.worstUnits?.units ?? 0 <= UInt64(clamping: lastBits) {
            self = .lastBits
        } else {
            self = .withinTolerance
        }
    }
}
