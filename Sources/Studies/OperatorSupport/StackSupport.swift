public import Engines
public import Records

/// What one stack made of all examples.
public struct StackSupport: Sendable {
    /// What the record calls the stack.
    public var title: String
    /// What the library said it is; `nil` when it could not be opened.
    public var identity: EngineIdentity?
    /// The cases, in the order of the catalogue.
    public var cases: [SupportCase] = []
    /// How the stack ended: completed when it went through all examples, whatever became of single ones.
    public var outcome: Outcome.State = .completed
    /// The end of what the worker wrote to standard error, where the stack did not complete.
    public var log = ""

    /// Makes a stack of which nothing is known yet.
    public init(title: String) { self.title = title }

    /// The number of cases of each kind.
    public var tally: SupportTally { SupportTally(cases) }
}

/// How many cases ended how.
public struct SupportTally: Sendable, Hashable {
    /// Outputs that agree with the reference.
    public var agreeing = 0
    /// Outputs that do not.
    public var differing = 0
    /// Models and runs that the engine declined.
    public var refused = 0
    /// Workers that died, hung or broke the protocol.
    public var failed = 0
    /// Cases that were not run.
    public var skipped = 0

    /// Counts cases.
    public init(_ cases: [SupportCase]) {
        for entry in cases {
            switch entry.state {
            case .agrees: agreeing += 1
            case .differs: differing += 1
            case .refused: refused += 1
            case .failed: failed += 1
            case .skipped: skipped += 1
            }
        }
    }

    /// Cases that were run, to whatever end.
    public var run: Int { agreeing + differing + refused + failed }
}
