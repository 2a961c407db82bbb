/// All that is wrong with one spec, in the order of its text.
public struct SpecErrors: Error, Sendable, Hashable, CustomStringConvertible {
    /// The errors; at least one.
    public let all: [SpecError]

    /// Gathers errors.
    public init(_ errors: [SpecError]) {
        all = errors.enumerated().sorted { left, right in
            let start = SpecMark(line: 0, column: 0)
            let marks = (left.element.mark ?? start, right.element.mark ?? start)
            return marks.0 == marks.1 ? left.offset < right.offset : marks.0 < marks.1
        }.map(\.element)
    }

    /// One line an error.
    public var description: String { all.map(\.description).joined(separator: "\n") }
}
