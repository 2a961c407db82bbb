import Graphs
import Tensors

extension PassSoak.Tally {
    /// Compares what a rewritten model gives with what the model gave, and notes the first output that differs.
    ///
    /// - Parameter tolerance: how far outputs of 32- and 64-bit floats may differ, max|a−b| / max|b|.
    public mutating func compare(
        _ outputs: [String: Value], _ reference: [String: Value], of candidate: PassSoak.Candidate, name: String,
        tolerance: Double
    ) {
        results += 1
        for info in candidate.model.graph.outputs {
            guard let old = reference[info.name], let new = outputs[info.name] else {
                findings.append(
                    PassSoak.Finding(
                        model: name, passes: candidate.passes, kind: .interface,
                        reason: "output '\(info.name)' has no value"))
                return
            }
            guard let problem = difference(new, old, tolerance) else { continue }
            findings.append(
                PassSoak.Finding(
                    model: name, passes: candidate.passes, kind: .differing, reason: "\(info.name): \(problem)"))
            return
        }
    }

    /// What sets two values apart; `nil` where they agree.
    private mutating func difference(_ new: Value, _ old: Value, _ tolerance: Double) -> String? {
        switch (new, old) {
        case (.sequence(let a, _), .sequence(let b, _)):
            guard a.count == b.count else { return "\(a.count) elements should be \(b.count)" }
            for (x, y) in zip(a, b) { if let problem = difference(x, y, tolerance) { return problem } }
            return nil
        case (.optional(let a?, _), .optional(let b?, _)): return difference(a, b, tolerance)
        case (.optional(nil, _), .optional(nil, _)): return nil
        default: break
        }
        guard let a = new.tensor, let b = old.tensor else { return "\(new.type) should be \(old.type)" }
        let bound: Double =
            switch b.elementType {
            // Two units in the last place.
            case .float16: 0x1p-9
            case .bfloat16: 0x1p-6
            case .float32, .float64: tolerance
            default: 0
            }
        let comparison = TensorComparison(a, reference: b, tolerance: .agreement(bound, nanEqualsNaN: true))
        if comparison.agrees { largestDifference = max(largestDifference, comparison.agreement) }
        return comparison.agrees ? nil : comparison.description
    }
}
