public import Assets
public import Records

/// No labels: the outputs of the stacks are compared with each other, and nothing else is said of them.
public struct OutputsTask: EvaluationTask {
    /// Makes the task.
    public init() {}

    /// `outputs`.
    public var name: String { "outputs" }
    /// None.
    public var headline: String? { nil }

    /// Nothing is read off.
    public func answer(outputs: [NamedTensor], inputs: [NamedTensor]) throws(StudyError) -> Answer { .none }

    /// None.
    public func score(_ answers: [ScoredSample]) -> [Metric] { [] }
}
