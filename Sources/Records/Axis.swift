/// An axis of a chart: what it shows, in which unit, on which scale.
public struct Axis: Sendable, Hashable, Codable {
    /// How values are laid out along the axis.
    public enum Scale: String, Sendable, Hashable, Codable {
        /// Equal steps.
        case linear
        /// Equal factors; values must be above zero.
        case logarithmic
    }

    /// What it shows, without the unit.
    public var label: String
    /// The unit of its values.
    public var unit: MetricUnit
    /// How values are laid out.
    public var scale: Scale

    /// Makes an axis.
    public init(_ label: String, _ unit: MetricUnit = .number, scale: Scale = .linear) {
        self.label = label
        self.unit = unit
        self.scale = scale
    }
}
