/// A line drawn across a chart at a value of one axis: a bound, a target, a chance level.
public struct Reference: Sendable, Hashable, Codable {
    /// Which axis carries the value.
    public enum Direction: String, Sendable, Hashable, Codable {
        /// The line stands at a value of the horizontal axis.
        case horizontalAxis = "x"
        /// The line lies at a value of the vertical axis; for bars, of the value axis.
        case verticalAxis = "y"
    }

    /// What the line means.
    public var label: String
    /// Where it lies, in the axis' unit.
    public var value: Double
    /// Which axis carries the value.
    public var axis: Direction

    /// Makes a reference line.
    public init(_ label: String, at value: Double, axis: Direction = .verticalAxis) {
        self.label = label
        self.value = value
        self.axis = axis
    }
}
