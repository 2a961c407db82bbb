public import Records

/// What a report says, before it is drawn on a terminal or as a page.
public struct ReportDocument: Sendable, Hashable {
    /// A part of the report under a heading.
    public struct Section: Sendable, Hashable {
        /// The heading.
        public var title: String
        /// Paragraphs of plain text.
        public var text: [String]
        /// What there is to look at.
        public var exhibits: [Exhibit]

        /// Makes a section.
        public init(_ title: String, text: [String] = [], exhibits: [Exhibit] = []) {
            self.title = title
            self.text = text
            self.exhibits = exhibits
        }
    }

    /// The title.
    public var title: String
    /// One line under the title.
    public var subtitle: String
    /// The answers, first of all.
    public var verdicts: [Verdict]
    /// The parts, in order.
    public var sections: [Section]
    /// What the reader should know before the numbers.
    public var notes: [String]
    /// The records that the report rests on: spec, machine, hashes.
    public var records: [Record]

    /// Makes a document.
    public init(
        title: String, subtitle: String = "", verdicts: [Verdict] = [], sections: [Section] = [], notes: [String] = [],
        records: [Record] = []
    ) {
        self.title = title
        self.subtitle = subtitle
        self.verdicts = verdicts
        self.sections = sections
        self.notes = notes
        self.records = records
    }
}
