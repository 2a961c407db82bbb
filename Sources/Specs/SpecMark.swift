/// A place in a spec's text.
public struct SpecMark: Sendable, Hashable, Comparable {
    /// The line, from 1.
    public let line: Int
    /// The column in Unicode scalars, from 1.
    public let column: Int

    /// Makes a place.
    public init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    /// The order of reading.
    public static func < (left: SpecMark, right: SpecMark) -> Bool {
        (left.line, left.column) < (right.line, right.column)
    }
}
