public import Records

/// What became of one example of an operator on one stack.
public struct SupportCase: Sendable, Hashable {
    /// What became of it.
    public enum State: Sendable, Hashable {
        /// The outputs agree with the reference; max|a−b| / max|b| of the worst one.
        case agrees(Double)
        /// They do not, and where.
        case differs(String)
        /// The engine declined the model or the run, in its own words.
        case refused(String)
        /// The worker died, hung or broke the protocol.
        case failed(Outcome.State)
        /// It was not run, and why: it takes or gives what no session carries, or the engine was gone.
        case skipped(String)
    }

    /// The operator, with its domain where that is not the standard one.
    public var target: String
    /// The example.
    public var example: String
    /// What became of it.
    public var state: State
    /// The time of one run in nanoseconds, by rounds; empty where it was not timed.
    public var rounds: [[Int64]] = []

    /// Makes a case.
    public init(target: String, example: String, _ state: State) {
        self.target = target
        self.example = example
        self.state = state
    }

    /// `Add/both stretched`: what lists call it.
    public var path: String { "\(target)/\(example)" }

    /// True when the outputs agree with the reference.
    public var agrees: Bool { if case .agrees = state { true } else { false } }
}
