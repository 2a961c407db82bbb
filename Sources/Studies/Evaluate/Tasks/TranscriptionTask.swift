public import Assets
import Measurement
public import Records
import Tensors

/// A text read off a sequence of class scores by greedy CTC decoding.
///
/// The likeliest class of each step, repetitions merged, blanks dropped (Graves and others, 2006).
public struct TranscriptionTask: EvaluationTask {
    /// The characters by class index, from class 1 on; class 0 is the blank.
    public var characters: [String]
    /// True when case and spaces count.
    public var isStrict: Bool
    /// The output that holds the scores `[1, T, C]`; the first one where `nil`.
    public var output: String?

    /// Makes the task.
    public init(characters: [String], isStrict: Bool = true, output: String? = nil) {
        self.characters = characters
        self.isStrict = isStrict
        self.output = output
    }

    /// `transcription`.
    public var name: String { "transcription" }
    /// `accuracy.exact`.
    public var headline: String? { "accuracy.exact" }

    /// Decodes the text.
    public func answer(outputs: [NamedTensor], inputs: [NamedTensor]) throws(StudyError) -> Answer {
        let tensor = try OutputSelection.tensor(outputs, named: output)
        let shape = tensor.shape
        guard shape.rank == 3, shape[0] == 1, shape[2] > 1 else {
            throw StudyError(
                .task, subject: "transcription", reason: "the output has shape \(shape) and should have 1xTxC")
        }
        let scores = try OutputSelection.floats(outputs, named: output)
        do throws(AssetError) {
            return .text(try CTCDecoder(characters: [""] + characters).decode(scores, steps: shape[1]).text)
        } catch {
            throw StudyError(.task, subject: "transcription", reason: error.reason, remedy: error.remedy)
        }
    }

    /// The share of texts that are exactly right, and the character error rate: edits over letters of the labels.
    public func score(_ answers: [ScoredSample]) -> [Metric] {
        let pairs = answers.compactMap { sample -> (label: String, text: String)? in
            guard let label = sample.label else { return nil }
            if case .text(let text)? = sample.answer { return (canonical(label), canonical(text)) }
            return (canonical(label), "")
        }
        guard !pairs.isEmpty else { return [] }
        let exact = pairs.filter { $0.label == $0.text }.count
        let letters = pairs.reduce(0) { $0 + $1.label.count }
        let edits = pairs.reduce(0) { $0 + EditDistance.between(Array($1.label), Array($1.text)) }
        return [
            Metric(
                "accuracy.exact", Double(exact) / Double(pairs.count), .fraction,
                interval: ProportionInterval.wilson(successes: exact, trials: pairs.count), count: pairs.count),
            Metric("accuracy.exact.correct", Double(exact), .count, count: pairs.count),
            Metric("error.characters", Double(edits) / Double(max(letters, 1)), .fraction, count: letters),
        ]
    }

    private func canonical(_ text: String) -> String {
        isStrict ? text : text.lowercased().filter { !$0.isWhitespace }
    }
}
