/// Series of points over a horizontal axis.
public struct LineChart: Sendable, Hashable, Codable {
    /// One point, with the bounds of its interval where it has one.
    public struct Point: Sendable, Hashable, Codable {
        /// The place on the horizontal axis.
        public var x: Double
        /// The value.
        public var y: Double
        /// The lower bound of the value.
        public var lower: Double?
        /// The upper bound of the value.
        public var upper: Double?

        /// Makes a point.
        public init(_ x: Double, _ y: Double, lower: Double? = nil, upper: Double? = nil) {
            self.x = x
            self.y = y
            self.lower = lower
            self.upper = upper
        }
    }

    /// How a series is drawn.
    public enum Style: String, Sendable, Hashable, Codable {
        /// A line through the points, with marks where they are few.
        case line
        /// Points only.
        case points
        /// A staircase, as a distribution function has.
        case steps
    }

    /// A named series of points.
    public struct Series: Sendable, Hashable, Codable {
        /// The name in the legend.
        public var name: String
        /// The points, in the order in which they are joined.
        public var points: [Point]
        /// How it is drawn.
        public var style: Style

        /// Makes a series.
        public init(_ name: String, _ points: [Point], style: Style = .line) {
            self.name = name
            self.points = points
            self.style = style
        }
    }

    /// The horizontal axis.
    public var x: Axis
    /// The vertical axis.
    public var y: Axis
    /// The series, in the order of the legend.
    public var series: [Series]
    /// Lines across the chart.
    public var references: [Reference]

    /// Makes a chart.
    public init(x: Axis, y: Axis, series: [Series], references: [Reference] = []) {
        self.x = x
        self.y = y
        self.series = series
        self.references = references
    }
}
