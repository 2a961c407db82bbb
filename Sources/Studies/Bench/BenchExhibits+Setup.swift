import Records

extension BenchExhibits {
    /// Which configuration each peer ran in, and the times that decided it.
    var configurations: Exhibit? {
        let chosen = findings.cells.flatMap { cell in
            cell.entries.filter { $0.tried.count > 1 }.map { (cell: cell, entry: $0) }
        }
        guard !chosen.isEmpty else { return nil }
        return Exhibit(
            "configurations", title: "Configurations of the peers",
            caption: "Each was tried in rounds of their own, whose times are not used above.", question: .fast,
            varies: true,
            .table(
                Table(
                    columns: [
                        Table.Column("model"), Table.Column("batch", .right), Table.Column("threads", .right),
                        Table.Column("stack"), Table.Column("taken"), Table.Column("median times"),
                    ],
                    rows: chosen.map { cell, entry in
                        [
                            .text(cell.variant.file.name), .text(String(cell.variant.batch)),
                            .text(String(cell.threads)), .text(entry.title), .text(entry.configuration),
                            .text(
                                entry.tried.map { "\($0.words) \(MetricUnit.nanoseconds.format($0.nanoseconds))" }
                                    .joined(separator: "; ")),
                        ]
                    })))
    }

    /// The files whose batch was changed, and what every engine was given instead.
    var rewrites: Exhibit? {
        let rewritten = findings.variants.filter(\.isRewritten)
        guard !rewritten.isEmpty else { return nil }
        return Exhibit(
            "rewrites", title: "Batches changed by a rewrite",
            caption: "Models whose files fix the batch; every engine got the same bytes.", question: .fast,
            .table(
                Table(
                    columns: [Table.Column("model"), Table.Column("batch", .right), Table.Column("sha256")],
                    rows: rewritten.map {
                        [.text($0.file.name), .text(String($0.batch)), .text($0.file.digest.hex)]
                    })))
    }
}
