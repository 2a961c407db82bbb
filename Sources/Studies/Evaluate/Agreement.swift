import Tensors

/// How far the outputs of one stack lie from those of the reference stack, over all samples.
struct Agreement: Sendable {
    /// The largest max|a−b| / max|b| of any sample and output.
    private(set) var worst = 0.0
    /// Outputs whose type or shape differs, or whose not-a-numbers stand elsewhere.
    private(set) var mismatches: [String] = []
    /// Samples compared.
    private(set) var samples = 0
    /// Samples whose answer differs, by name.
    private(set) var differingAnswers: [String] = []

    /// Takes in one sample.
    mutating func add(sample: String, outputs: [Tensor], reference: [Tensor], names: [String], sameAnswer: Bool) {
        samples += 1
        if !sameAnswer { differingAnswers.append(sample) }
        guard outputs.count == reference.count else {
            mismatches.append("\(sample): \(outputs.count) outputs, not \(reference.count)")
            return
        }
        for (index, (own, other)) in zip(outputs, reference).enumerated() {
            let comparison = TensorComparison(own, reference: other, tolerance: .agreement(0, nanEqualsNaN: true))
            switch comparison.outcome {
            case .agrees, .values: worst = max(worst, comparison.agreement)
            default:
                let name = names.indices.contains(index) ? names[index] : "\(index)"
                mismatches.append("\(sample), output '\(name)': \(comparison)")
            }
        }
    }
}
