/// An answer to one of the seven questions, with the number that carries it.
public struct Verdict: Sendable, Hashable, Codable {
    /// Whether the statement is borne out.
    public enum State: String, Sendable, Hashable, Codable, CaseIterable {
        /// The evidence bears the statement out.
        case holds
        /// The evidence contradicts the statement.
        case fails
        /// The evidence does not decide.
        case unknown
    }

    /// The question that it answers.
    public var question: Question
    /// The model or stack that it is about.
    public var subject: String
    /// The statement in one sentence.
    public var statement: String
    /// Whether the statement holds.
    public var state: State
    /// The number that carries it, with its interval.
    public var metric: Metric?
    /// The record that holds the evidence.
    public var record: RecordID?
    /// Whether the answer rests on times, and so may differ from run to run.
    public var varies: Bool

    /// Makes a verdict; by default it varies when its question is one about time.
    public init(
        _ question: Question, subject: String, _ statement: String, _ state: State, metric: Metric? = nil,
        record: RecordID? = nil, varies: Bool? = nil
    ) {
        self.question = question
        self.subject = subject
        self.statement = statement
        self.state = state
        self.metric = metric
        self.record = record
        self.varies = varies ?? question.restsOnTimes
    }
}

extension Sequence<Verdict.State> {
    /// The worst: fails before unknown before holds; `nil` of none.
    public var worst: Verdict.State? {
        let states = Set(self)
        return [.fails, .unknown, .holds].first(where: states.contains)
    }
}
