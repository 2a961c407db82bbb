import GRDB
import Records

/// The query of a listing and its parameters.
struct ListQuery: Sendable {
    private(set) var sql = ""
    private(set) var arguments: [any DatabaseValueConvertible & Sendable] = []

    init(_ filter: RecordFilter) {
        var conditions: [String] = []
        if let study = filter.study { conditions.append("study = \(next(study))") }
        if let model = filter.model {
            conditions.append(
                "id IN (SELECT record FROM record_names WHERE role = 'model' AND name = \(next(model)))")
        }
        if let stack = filter.stack {
            // A prefix by `substr`, since LIKE minds case in one database and not in the other.
            let length = next(stack.unicodeScalars.count)
            let prefix = next(stack)
            conditions.append(
                "id IN (SELECT record FROM record_names WHERE role = 'stack' AND substr(name, 1, \(length)) = \(prefix))"
            )
        }
        if let since = filter.since { conditions.append("created >= \(next(since.milliseconds))") }
        if let text = filter.text, !text.isEmpty {
            conditions.append("search LIKE \(next("%" + Self.escaped(text.lowercased()) + "%")) ESCAPE '\\'")
        }
        sql = "SELECT id, study, title, created, metric_count, failed_verdicts, partial FROM records"
        if !conditions.isEmpty { sql += " WHERE " + conditions.joined(separator: " AND ") }
        sql += " ORDER BY created DESC, id DESC"
        if let limit = filter.limit { sql += " LIMIT \(next(max(0, limit)))" }
    }

    private mutating func next(_ value: any DatabaseValueConvertible & Sendable) -> String {
        arguments.append(value)
        return "$\(arguments.count)"
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("%", with: "\\%").replacing("_", with: "\\_")
    }
}
