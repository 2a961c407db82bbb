public import Assets
import Measurement
public import Records
import Tensors

/// A sentence as a vector: the mean of the token vectors that the attention mask keeps, scaled to unit length.
///
/// Labels name groups of sentences that mean the same; a sentence is right when its nearest other sentence, by cosine,
/// is of its group.
public struct EmbeddingTask: EvaluationTask {
    /// The output that holds token vectors `[1, T, D]` or the pooled vector `[1, D]`; the first one where `nil`.
    public var output: String?
    /// The input that holds the attention mask `[1, T]`.
    public var mask: String

    /// Makes the task.
    public init(output: String? = nil, mask: String = "attention_mask") {
        self.output = output
        self.mask = mask
    }

    /// `embedding`.
    public var name: String { "embedding" }
    /// `accuracy.neighbour`.
    public var headline: String? { "accuracy.neighbour" }

    /// Pools and scales.
    public func answer(outputs: [NamedTensor], inputs: [NamedTensor]) throws(StudyError) -> Answer {
        let tensor = try OutputSelection.tensor(outputs, named: output)
        let values = try OutputSelection.floats(outputs, named: output)
        let shape = tensor.shape
        guard shape.rank == 2 || shape.rank == 3, shape[0] == 1, let width = shape.last, width > 0 else {
            throw StudyError(
                .task, subject: "embedding", reason: "the output has shape \(shape) and should have 1xTxD or 1xD")
        }
        guard shape.rank == 3 else { return .vector(Self.unit(values.map(Double.init))) }
        let weights = try weights(inputs, tokens: shape[1])
        var sum = [Double](repeating: 0, count: width)
        for token in 0..<shape[1] where weights[token] != 0 {
            for index in 0..<width { sum[index] += weights[token] * Double(values[token * width + index]) }
        }
        return .vector(Self.unit(sum))
    }

    /// The share of sentences whose nearest neighbour is of their group.
    public func score(_ answers: [ScoredSample]) -> [Metric] {
        let known = answers.compactMap { sample -> (label: String, vector: [Float])? in
            guard let label = sample.label, case .vector(let vector)? = sample.answer else { return nil }
            return (label, vector)
        }
        guard known.count > 1 else { return [] }
        let correct = known.indices.filter { index in
            let nearest = known.indices.filter { $0 != index }.max {
                Self.cosine(known[index].vector, known[$0].vector) < Self.cosine(known[index].vector, known[$1].vector)
            }
            return nearest.map { known[$0].label == known[index].label } ?? false
        }.count
        return [
            Metric(
                "accuracy.neighbour", Double(correct) / Double(known.count), .fraction,
                interval: ProportionInterval.wilson(successes: correct, trials: known.count), count: known.count),
            Metric("accuracy.neighbour.correct", Double(correct), .count, count: known.count),
        ]
    }

    private func weights(_ inputs: [NamedTensor], tokens: Int) throws(StudyError) -> [Double] {
        guard let mask = inputs.first(where: { $0.name == mask })?.tensor else {
            return [Double](repeating: 1, count: tokens)
        }
        guard let values = try? mask.floats(), values.count == tokens else {
            throw StudyError(
                .task, subject: "embedding", reason: "the mask '\(self.mask)' does not have one value a token")
        }
        return values.map(Double.init)
    }

    private static func unit(_ values: [Double]) -> [Float] {
        let length = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return values.map { Float(length > 0 ? $0 / length : 0) }
    }

    private static func cosine(_ left: [Float], _ right: [Float]) -> Float {
        zip(left, right).reduce(0) { $0 + $1.0 * $1.1 }
    }
}
