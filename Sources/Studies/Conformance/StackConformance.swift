public import Engines
public import Records

/// What one stack made of all cases.
public struct StackConformance: Sendable {
    /// What the record calls the stack.
    public var title: String
    /// What the library said it is; `nil` when it could not be opened.
    public var identity: EngineIdentity?
    /// The cases, in the order of their names.
    public var results: [ConformanceResult] = []
    /// How the stack ended: completed when it went through all cases, whatever became of single ones.
    public var outcome: Outcome.State = .completed
    /// The end of what the worker wrote to standard error, where the stack did not complete.
    public var log = ""

    /// Makes a stack of which nothing is known yet.
    public init(title: String) { self.title = title }

    /// The number of cases on each side.
    public var tally: ConformanceTally { ConformanceTally(results) }
}

/// How many cases are on which side.
public struct ConformanceTally: Sendable, Hashable {
    /// Pass as they are stamped.
    public var passing = 0
    /// Were refused for their version stamp, whatever became of them afterwards.
    public var stampRefused = 0
    /// Pass once they are re-stamped.
    public var restamped = 0
    /// Ran, and an output differs.
    public var wrong = 0
    /// Ask for an operator or type that the engine lacks.
    public var lacking = 0
    /// Ended the worker.
    public var failing = 0
    /// Were not run.
    public var skipped = 0

    /// Counts results.
    public init(_ results: [ConformanceResult]) {
        for result in results {
            if result.isStampRefused { stampRefused += 1 }
            switch result.side {
            case .passes: passing += 1
            case .restamped: restamped += 1
            case .wrong: wrong += 1
            case .lacks: lacking += 1
            case .fails: failing += 1
            case .skipped: skipped += 1
            }
        }
    }

    /// Cases that were run, to whatever end.
    public var run: Int { passing + restamped + wrong + lacking + failing }
}
