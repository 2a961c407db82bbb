public import Records

/// A gate with what was found.
public struct GateResult: Sendable, Hashable {
    /// The gate.
    public let gate: Gate
    /// The model, stack or side that it was looked at on.
    public let subject: String
    /// The figure, a ratio or a value; `nil` where it could not be had.
    public let quantity: Quantity?
    /// Why there is no figure, or what else is to be said.
    public let reason: String
    /// Whether the bound is kept.
    public let state: Verdict.State

    /// Judges a figure.
    public init(_ gate: Gate, subject: String, _ quantity: Quantity?, reason: String = "") {
        self.gate = gate
        self.subject = subject
        self.quantity = quantity
        self.reason = reason
        state = gate.state(of: quantity?.value, interval: quantity?.interval)
    }

    /// The figure against the bound in one line.
    public var description: String {
        let figure = quantity?.description ?? "no figure"
        let measure = gate.measure == .ratio ? " of the first" : ""
        return "\(gate.metric) on \(subject) is \(figure)\(quantity == nil ? "" : measure)"
            + (reason.isEmpty ? "" : ": \(reason)")
    }
}

extension GateResult: CustomStringConvertible {}
