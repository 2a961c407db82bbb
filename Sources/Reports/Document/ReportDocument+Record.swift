public import Records

extension ReportDocument {
    /// The report of one record: its verdicts, its exhibits by question, how its stacks got through, its numbers.
    public init(_ record: Record) {
        var sections: [Section] = []
        let general = record.exhibits.filter { $0.question == nil }
        if !general.isEmpty { sections.append(Section("Overview", exhibits: general)) }
        for question in Question.allCases {
            let exhibits = record.exhibits.filter { $0.question == question }
            if !exhibits.isEmpty { sections.append(Section(question.text, exhibits: exhibits)) }
        }
        if let outcomes = Self.outcomes(record) { sections.append(outcomes) }
        if let metrics = Self.metrics(record) { sections.append(metrics) }
        var notes = record.notes
        if record.isPartial { notes.insert("The study was interrupted; what follows is what it had found.", at: 0) }
        self.init(
            title: record.title, subtitle: "\(record.study) · \(record.created.readable) · \(record.machine.summary)",
            verdicts: record.verdicts, sections: sections, notes: notes, records: [record])
    }

    /// The title of the section that lists every number of a record.
    public static let allNumbers = "All numbers"

    /// The stacks that did not complete, with what they last said.
    private static func outcomes(_ record: Record) -> Section? {
        let failed = record.outcomes.filter { !$0.isCompleted }
        guard !failed.isEmpty else { return nil }
        let rows: [[Cell]] = failed.map { outcome in
            // A number says nothing without what it counts.
            let labels = outcome.labels.sorted { $0.key < $1.key }.map { key, value in
                Int(value) == nil ? value : "\(key) \(value)"
            }.joined(separator: ", ")
            let last = outcome.log.split(whereSeparator: \.isNewline).last.map(String.init) ?? ""
            return [.text(outcome.stack), .text(labels), .state(.fails, outcome.state.description), .text(last)]
        }
        let columns = [Table.Column("Stack"), .init("With"), .init("Outcome"), .init("Last words")]
        // A column in which nothing stands is left out.
        let used = columns.indices.filter { index in rows.contains { $0[index] != .text("") } }
        let table = Table(columns: used.map { columns[$0] }, rows: rows.map { row in used.map { row[$0] } })
        let exhibit = Exhibit("outcomes", title: "Stacks that did not complete", .table(table))
        return Section("What did not run", exhibits: [exhibit])
    }

    /// All numbers of the record; a record of very many shows its first thousand.
    private static func metrics(_ record: Record) -> Section? {
        guard !record.metrics.isEmpty else { return nil }
        let tables = MetricTables(record: record)
        let rest = tables.omitted
        return Section(
            allNumbers,
            text: rest > 0 ? ["The record holds \(rest) more; `assay records export` writes them all."] : [],
            exhibits: tables.exhibits)
    }
}
