/// Pixels added at each side of a picture.
public struct Borders: Sendable, Hashable, CustomStringConvertible {
    /// Columns added on the left.
    public var left: Int
    /// Rows added at the top.
    public var top: Int
    /// Columns added on the right.
    public var right: Int
    /// Rows added at the bottom.
    public var bottom: Int

    /// Makes borders.
    public init(left: Int, top: Int, right: Int, bottom: Int) {
        self.left = left
        self.top = top
        self.right = right
        self.bottom = bottom
    }

    /// The four numbers in words.
    public var description: String { "borders of \(left), \(top), \(right), \(bottom) (left, top, right, bottom)" }
}
