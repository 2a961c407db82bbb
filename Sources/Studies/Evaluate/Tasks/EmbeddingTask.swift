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
        guard shape.rank == 3 else { return .vector(Embedding.normalized(values)) }
        do throws(AssetError) {
            let mask = try mask(inputs, tokens: shape[1])
            return .vector(Embedding.normalized(try Embedding.meanPool(values, mask: mask, width: width)))
        } catch {
            throw StudyError(.task, subject: "embedding", reason: error.reason)
        }
    }

    /// The share of sentences whose nearest neighbour is of their group.
    public func score(_ answers: [ScoredSample]) -> [Metric] {
        let known = answers.compactMap { sample -> (label: String, vector: [Float])? in
            guard let label = sample.label, case .vector(let vector)? = sample.answer else { return nil }
            return (label, vector)
        }
        guard known.count > 1 else { return [] }
        let correct = known.indices.filter { index in
            let others = known.indices.filter { $0 != index }
            let cosines = others.map { Embedding.cosine(known[index].vector, known[$0].vector) ?? -1 }
            guard let nearest = cosines.indices.max(by: { cosines[$0] < cosines[$1] }) else { return false }
            return known[others[nearest]].label == known[index].label
        }.count
        return [
            Metric(
                "accuracy.neighbour", Double(correct) / Double(known.count), .fraction,
                interval: ProportionInterval.wilson(successes: correct, trials: known.count), count: known.count),
            Metric("accuracy.neighbour.correct", Double(correct), .count, count: known.count),
        ]
    }

    /// The attention mask, or ones where the model has none.
    private func mask(_ inputs: [NamedTensor], tokens: Int) throws(AssetError) -> [Int64] {
        guard let mask = inputs.first(where: { $0.name == mask })?.tensor else {
            return [Int64](repeating: 1, count: tokens)
        }
        do throws(TensorError) { return try mask.int64s() } catch {
            throw AssetError(.unexpectedOutput, subject: self.mask, reason: error.reason)
        }
    }
}
