import Assets
import Tensors

/// What a model said of a sample, so far as it is a label that can flip.
struct StabilityLabelling: Sendable {
    /// What outputs mean.
    let task: any EvaluationTask

    /// The answer for one sample: the task's, or where none was given the largest of a row of several real numbers.
    ///
    /// - Parameters:
    ///   - outputs: those of this sample alone.
    ///   - inputs: what was fed, as if alone.
    /// - Throws: `StudyError` where the outputs do not fit the task.
    func answer(_ outputs: [NamedTensor], inputs: [NamedTensor]) throws(StudyError) -> Answer {
        guard task is OutputsTask else { return try task.answer(outputs: outputs, inputs: inputs) }
        guard let tensor = outputs.first(where: { $0.tensor.elementType.isFloatingPoint })?.tensor,
            tensor.shape.rank == 2, tensor.shape[0] == 1, tensor.shape[1] > 1, let scores = try? tensor.floats()
        else { return .none }
        return .ranked(TopK.select(scores, count: 1).map(\.index))
    }

    /// Whether two answers are the same label.
    func agree(_ left: Answer, _ right: Answer) -> Bool { task.agree(left, right) }

    /// What a reader sees of an answer; `nil` for one that is no label.
    func words(_ answer: Answer) -> String? {
        switch answer {
        case .ranked(let classes):
            classes.first.map { (task as? ClassificationTask)?.title(of: $0) ?? String($0) }
        case .text(let text): text
        case .vector, .none: nil
        }
    }
}
