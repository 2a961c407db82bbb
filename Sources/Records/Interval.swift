/// A confidence interval: its bounds, its level and how it was had.
public struct Interval: Sendable, Hashable, Codable {
    /// The lower bound, in the metric's unit.
    public var lower: Double
    /// The upper bound, in the metric's unit.
    public var upper: Double
    /// The confidence level, in (0, 1).
    public var level: Double
    /// How it was had: `wilson`, `bootstrap`, `order-statistics`.
    public var method: String

    /// Makes an interval.
    public init(lower: Double, upper: Double, level: Double = 0.95, method: String) {
        self.lower = lower
        self.upper = upper
        self.level = level
        self.method = method
    }

    /// Whether the value lies within the bounds.
    public func contains(_ value: Double) -> Bool { lower <= value && value <= upper }

    /// Whether the two intervals share a value.
    public func overlaps(_ other: Interval) -> Bool { lower <= other.upper && other.lower <= upper }
}
