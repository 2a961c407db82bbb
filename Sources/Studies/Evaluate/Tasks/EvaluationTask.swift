public import Assets
public import Records

/// What the outputs of a model mean, and how answers are scored against labels.
///
/// A task is a value; one file each in this folder. It knows nothing of engines.
public protocol EvaluationTask: Sendable {
    /// The name in specs and records.
    var name: String { get }
    /// The metric that stands for the task in one number: `accuracy.top1`.
    var headline: String? { get }

    /// Reads the answer for one sample off the outputs of the model.
    ///
    /// - Parameters:
    ///   - outputs: the outputs of one run with this sample alone.
    ///   - inputs: what was fed, by input name.
    /// - Throws: `StudyError` when the outputs do not fit the task.
    func answer(outputs: [NamedTensor], inputs: [NamedTensor]) throws(StudyError) -> Answer

    /// The metrics of all answers together, without labels of model and stack.
    func score(_ answers: [ScoredSample]) -> [Metric]

    /// A table or picture of the answers, where one helps.
    func exhibits(_ answers: [ScoredSample], subject: String) -> [Exhibit]

    /// True when two stacks gave the same answer as far as a user would see.
    func agree(_ left: Answer, _ right: Answer) -> Bool
}

extension EvaluationTask {
    /// Equal answers agree; of ranked ones the first counts.
    public func agree(_ left: Answer, _ right: Answer) -> Bool {
        switch (left, right) {
        case (.ranked(let a), .ranked(let b)): a.first == b.first
        case (.vector, .vector): true
        default: left == right
        }
    }

    /// None.
    public func exhibits(_ answers: [ScoredSample], subject: String) -> [Exhibit] { [] }
}
