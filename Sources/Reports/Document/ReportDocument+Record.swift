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

    /// The stacks that did not complete, with what they last said.
    private static func outcomes(_ record: Record) -> Section? {
        let failed = record.outcomes.filter { !$0.isCompleted }
        guard !failed.isEmpty else { return nil }
        let rows: [[Cell]] = failed.map { outcome in
            let labels = outcome.labels.sorted { $0.key < $1.key }.map(\.value).joined(separator: ", ")
            let last = outcome.log.split(whereSeparator: \.isNewline).last.map(String.init) ?? ""
            return [.text(outcome.stack), .text(labels), .state(.fails, outcome.state.description), .text(last)]
        }
        return Section(
            "What did not run",
            exhibits: [
                Exhibit(
                    "outcomes", title: "Stacks that did not complete",
                    .table(
                        Table(
                            columns: [.init("Stack"), .init("With"), .init("Outcome"), .init("Last words")], rows: rows)
                    ))
            ])
    }

    /// All numbers of the record; a record of very many shows its first thousand.
    private static func metrics(_ record: Record) -> Section? {
        guard !record.metrics.isEmpty else { return nil }
        let limit = 1000
        let names = Set(record.metrics.flatMap(\.labels.keys)).sorted { Self.rank($0) < Self.rank($1) }
        let rows: [[Cell]] = record.metrics.prefix(limit).map { metric in
            [.text(metric.name)] + names.map { .text(metric.labels[$0] ?? "") }
                + [Cell(metric), .text(metric.kind == .measured ? "" : metric.kind.name)]
        }
        let columns: [Table.Column] =
            [.init("Metric")] + names.map { .init($0) } + [.init("Value", .right), .init("Kind")]
        let isUniform = record.metrics.prefix(limit).allSatisfy { $0.kind == .measured }
        let table = Table(
            columns: isUniform ? columns.dropLast() : columns, rows: rows.map { isUniform ? $0.dropLast() : $0 })
        let rest = record.metrics.count - limit
        return Section(
            "All numbers",
            text: rest > 0 ? ["The record holds \(rest) more; `assay records export` writes them all."] : [],
            exhibits: [Exhibit("metrics", title: "Metrics", caption: caption(record), .table(table))])
    }

    private static func caption(_ record: Record) -> String {
        let methods = Set(
            record.metrics.compactMap(\.interval).map { "\($0.method) at \(MetricUnit.fraction.format($0.level))" })
        return methods.isEmpty ? "" : "Intervals: " + methods.sorted().joined(separator: ", ") + "."
    }

    private static func rank(_ label: String) -> String {
        let first = [Label.model, Label.data, Label.stack]
        return first.firstIndex(of: label).map { " \($0)" } ?? label
    }
}
