/// Bars over categories, one group a category and one bar a series, with intervals as whiskers.
public struct BarChart: Sendable, Hashable, Codable {
    /// One series: a value, or none, for each category.
    public struct Series: Sendable, Hashable, Codable {
        /// The name in the legend.
        public var name: String
        /// One value a category; `nil` where there is none.
        public var values: [Quantity?]

        /// Makes a series.
        public init(_ name: String, _ values: [Quantity?]) {
            self.name = name
            self.values = values
        }
    }

    /// The categories, in the order in which they are drawn.
    public var categories: [String]
    /// The axis of the values.
    public var axis: Axis
    /// The series, in the order of the legend.
    public var series: [Series]
    /// Lines across the chart.
    public var references: [Reference]

    /// Makes a chart.
    public init(categories: [String], axis: Axis, series: [Series], references: [Reference] = []) {
        self.categories = categories
        self.axis = axis
        self.series = series
        self.references = references
    }
}
