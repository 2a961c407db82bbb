public import Records

/// What became of one node case on one stack.
public struct ConformanceResult: Sendable, Hashable {
    /// On which side the case is.
    public enum Side: Sendable, Hashable {
        /// The outputs of the model, as it is stamped, are those that are due.
        case passes
        /// They are when the version stamps are lowered to what the engine takes.
        case restamped
        /// It ran, and an output differs: which, and how.
        case wrong(String)
        /// The engine has no such operator or type, or will not run it: in its own words.
        case lacks(String)
        /// The worker died, hung or broke the protocol.
        case fails(Outcome.State)
        /// It was not run: the engine was gone, or the study interrupted.
        case skipped
    }

    /// The name, as `test_abs`.
    public var name: String
    /// On which side it is.
    public var side: Side
    /// Whether the engine refused the model for its version stamp before it was re-stamped.
    public var isStampRefused = false

    /// Makes a result.
    public init(name: String, _ side: Side, isStampRefused: Bool = false) {
        self.name = name
        self.side = side
        self.isStampRefused = isStampRefused
    }

    /// The word by which lists name where the case is: that of its side, after `re-stamped-` where the stamp was refused
    /// and the case does not pass all the same.
    public var word: String {
        isStampRefused && side != .restamped ? "re-stamped-\(side.word)" : side.word
    }
}

extension ConformanceResult.Side {
    /// The word by which lists name the side.
    public var word: String {
        switch self {
        case .passes: "passes"
        case .restamped: "re-stamped"
        case .wrong: "wrong"
        case .lacks: "lacks"
        case .fails: "fails"
        case .skipped: "skipped"
        }
    }

    /// Why the case does not pass; empty where it does.
    public var why: String {
        switch self {
        case .passes, .restamped, .skipped: ""
        case .wrong(let words), .lacks(let words): words
        case .fails(let state): state.description
        }
    }
}
