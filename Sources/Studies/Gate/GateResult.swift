import Measurement
public import Records

/// A gate with what was found.
public struct GateResult: Sendable, Hashable {
    /// The gate.
    public let gate: Gate
    /// The model, stack or side that it was looked at on.
    public let subject: String
    /// The figure, a ratio or a value; `nil` where it could not be had.
    public let quantity: Quantity?
    /// What a ratio is taken to.
    public let reference: String
    /// Why there is no figure, or what else is to be said.
    public let reason: String
    /// Whether the bound is kept.
    public let state: Verdict.State
    /// About how many more of what the figure counts would tell; `nil` where it is told, or more of them would not.
    public let further: Int?

    /// Judges a figure.
    ///
    /// - Parameters:
    ///   - reference: what a ratio is taken to.
    ///   - degreesOfFreedom: those of the figure's interval, one less than its count unless given; 0 where more of the same
    ///     would not narrow it.
    public init(
        _ gate: Gate, subject: String, _ quantity: Quantity?, of reference: String = "the first", reason: String = "",
        degreesOfFreedom: Double? = nil
    ) {
        self.gate = gate
        self.subject = subject
        self.quantity = quantity
        self.reference = reference
        self.reason = reason
        state = gate.state(of: quantity?.value, interval: quantity?.interval)
        further = state == .unknown ? Self.further(gate, quantity, degreesOfFreedom) : nil
    }

    /// The figure over its bound is a ratio that must keep clear of 1.
    private static func further(_ gate: Gate, _ quantity: Quantity?, _ degreesOfFreedom: Double?) -> Int? {
        guard gate.bound > 0, let quantity, let count = quantity.count, let interval = quantity.interval else {
            return nil
        }
        let scaled = Interval(
            lower: interval.lower / gate.bound, upper: interval.upper / gate.bound, level: interval.level,
            method: interval.method)
        let verdict = ComparisonVerdict(
            ratio: quantity.value / gate.bound, interval: scaled, rounds: count, margin: 0,
            degreesOfFreedom: degreesOfFreedom)
        guard case .undecided(let further) = verdict.outcome else { return nil }
        return further
    }

    /// The figure against the bound in one line.
    public var description: String {
        guard let quantity else {
            return "\(gate.metric) on \(subject): no figure" + (reason.isEmpty ? "" : ", \(reason)")
        }
        let of = gate.measure == .ratio ? " of \(reference)" : ""
        let rest = [reason.isEmpty ? nil : reason, need].compactMap(\.self)
        return (["\(gate.metric) on \(subject) is \(quantity)\(of)"] + rest).joined(separator: "; ")
    }

    /// What would tell, in words; `nil` where nothing has to.
    var need: String? {
        further.map { (gate.measure == .ratio ? FurtherEvidence.processes($0) : .samples($0)).words }
    }
}

extension GateResult: CustomStringConvertible {}
