/// A regular expression as a tree; what a match captures, and which of several it prefers, is of no concern here.
indirect enum PatternNode {
    case empty
    /// One scalar out of a set.
    case scalar(ScalarSet)
    case assertion(Assertion)
    case sequence([PatternNode])
    case choice([PatternNode])
    /// At least `least` times, and at most `most` times where that is given.
    case repetition(PatternNode, least: Int, most: Int?)

    /// A condition on the place between two scalars.
    enum Assertion {
        case textStart, textEnd, lineStart, lineEnd, wordBoundary, noWordBoundary

        /// Whether the condition holds between two scalars; `nil` stands for the end of the text.
        func holds(after previous: Unicode.Scalar?, before next: Unicode.Scalar?) -> Bool {
            switch self {
            case .textStart: previous == nil
            case .textEnd: next == nil
            case .lineStart: previous == nil || previous == "\n"
            case .lineEnd: next == nil || next == "\n"
            case .wordBoundary: Self.isWord(previous) != Self.isWord(next)
            case .noWordBoundary: Self.isWord(previous) == Self.isWord(next)
            }
        }

        private static func isWord(_ scalar: Unicode.Scalar?) -> Bool { scalar.map(ScalarSet.word.contains) ?? false }
    }
}
