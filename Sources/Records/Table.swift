/// Rows and columns of texts and quantities.
public struct Table: Sendable, Hashable, Codable {
    /// A column.
    public struct Column: Sendable, Hashable, Codable {
        /// To which side its cells are set.
        public enum Alignment: String, Sendable, Hashable, Codable {
            /// To the left, as texts are.
            case left
            /// To the right, as numbers are.
            case right
        }

        /// The heading.
        public var title: String
        /// To which side its cells are set.
        public var alignment: Alignment

        /// Makes a column.
        public init(_ title: String, _ alignment: Alignment = .left) {
            self.title = title
            self.alignment = alignment
        }
    }

    /// The columns.
    public var columns: [Column]
    /// The rows; each has one cell a column.
    public var rows: [[Cell]]

    /// Makes a table; rows are filled or cut to the number of columns.
    public init(columns: [Column], rows: [[Cell]]) {
        self.columns = columns
        self.rows = rows.map { row in
            Array(row.prefix(columns.count))
                + Array(repeating: Cell.text(""), count: max(0, columns.count - row.count))
        }
    }
}
