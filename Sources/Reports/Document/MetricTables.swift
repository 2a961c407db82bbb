import Records

/// Sets a record's numbers out in tables: one column a stack where there are several, else one row a number.
struct MetricTables {
    let record: Record
    /// As many rows as a reader might look through.
    static let limit = 1000

    var exhibits: [Exhibit] {
        let stacks = record.metrics.compactMap { $0.labels[Label.stack] }.reduce(into: [String]()) { names, name in
            if !names.contains(name) { names.append(name) }
        }
        guard (2...6).contains(stacks.count) else {
            return [Exhibit("metrics", title: "Metrics", caption: caption, .table(list(record.metrics)))]
        }
        let compared = record.metrics.filter { $0.labels[Label.stack] != nil }
        let rest = record.metrics.filter { $0.labels[Label.stack] == nil }
        var out = [
            Exhibit("metrics", title: "Metrics by stack", caption: caption, .table(pivot(compared, stacks)))
        ]
        if !rest.isEmpty { out.append(Exhibit("metrics-other", title: "Other metrics", .table(list(rest)))) }
        return out
    }

    /// How many rows the tables leave out.
    var omitted: Int { max(0, record.metrics.count - Self.limit) }

    private struct Row: Hashable {
        let name: String
        let labels: Labels
        let isModelled: Bool
    }

    private func pivot(_ metrics: [Metric], _ stacks: [String]) -> Table {
        var order: [Row] = []
        var cells: [Row: [String: Metric]] = [:]
        for metric in metrics.prefix(Self.limit) {
            let labels = metric.labels.filter { $0.key != Label.stack }
            let row = Row(name: metric.name, labels: labels, isModelled: metric.kind == .modelled)
            if cells[row] == nil { order.append(row) }
            cells[row, default: [:]][metric.labels[Label.stack] ?? ""] = metric
        }
        let keys = labelKeys(order.map(\.labels))
        return Table(
            columns: [.init("Metric")] + keys.map { .init($0) } + stacks.map { .init($0, .right) },
            rows: order.map { row in
                [.text(row.name + (row.isModelled ? " (modelled)" : ""))]
                    + keys.map { .text(row.labels[$0] ?? "") }
                    + stacks.map { cells[row]?[$0].map { Cell($0) } ?? .missing("") }
            })
    }

    private func list(_ metrics: [Metric]) -> Table {
        let shown = metrics.prefix(Self.limit)
        let keys = labelKeys(shown.map(\.labels))
        return Table(
            columns: [.init("Metric")] + keys.map { .init($0) } + [.init("Value", .right)],
            rows: shown.map { metric in
                [.text(metric.name + (metric.kind == .modelled ? " (modelled)" : ""))]
                    + keys.map { .text(metric.labels[$0] ?? "") } + [Cell(metric)]
            })
    }

    /// The labels that tell rows apart, the best known first; one that is the same in all rows says nothing.
    private func labelKeys(_ labels: [Labels]) -> [String] {
        let first = [Label.model, Label.data, Label.stack]
        return Set(labels.flatMap(\.keys)).filter { key in Set(labels.map { $0[key] }).count > 1 }
            .sorted { left, right in
                let places = [left, right].map { first.firstIndex(of: $0) ?? first.count }
                return places[0] == places[1] ? left < right : places[0] < places[1]
            }
    }

    private var caption: String {
        let methods = Set(
            record.metrics.compactMap(\.interval).map { interval in
                let percent = interval.level * 100
                let isWhole = percent == percent.rounded()
                return "\(interval.method) at \(MetricUnit.digits(percent, decimals: isWhole ? 0 : 1)) %"
            })
        return methods.isEmpty ? "" : "Intervals: " + methods.sorted().joined(separator: ", ") + "."
    }
}
