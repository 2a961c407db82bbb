/// A matrix of values shown by colour: confusion, agreement, sensitivity by layer.
public struct HeatMap: Sendable, Hashable, Codable {
    /// What the rows are.
    public var rowTitle: String
    /// What the columns are.
    public var columnTitle: String
    /// The names of the rows, from the top.
    public var rows: [String]
    /// The names of the columns, from the left.
    public var columns: [String]
    /// What the values are.
    public var axis: Axis
    /// The values by row; `nil` where there is none.
    public var values: [[Double?]]
    /// The value that gets the neutral colour, of a map whose values lie on two sides of it.
    public var center: Double?

    /// Makes a map.
    public init(
        rows: [String], rowTitle: String = "", columns: [String], columnTitle: String = "", axis: Axis,
        values: [[Double?]], center: Double? = nil
    ) {
        self.rows = rows
        self.rowTitle = rowTitle
        self.columns = columns
        self.columnTitle = columnTitle
        self.axis = axis
        self.values = values
        self.center = center
    }
}
