import GRDB
public import Records
public import struct Records.RecordError

extension SQLiteStore {
    /// The records that pass the filter, the newest first.
    ///
    /// - Throws: `RecordError` of code `storeFailed`.
    public func list(_ filter: RecordFilter) async throws(RecordError) -> [RecordSummary] {
        let query = ListQuery(filter)
        do {
            return try await database.read { db in
                try Row.fetchAll(db, sql: query.sql, arguments: StatementArguments(query.arguments)).compactMap { row in
                    guard let id = RecordID(rawValue: row[0]) else { return nil }
                    return RecordSummary(
                        id: id, study: row[1], title: row[2], created: Timestamp(milliseconds: row[3]),
                        models: try Self.names("model", id, db), stacks: try Self.names("stack", id, db),
                        metricCount: row[4], failedVerdicts: row[5], isPartial: row[6] as Int != 0)
                }
            }
        } catch { throw Self.translated(error, subject) }
    }

    /// The full name for a unique prefix or, for the word `latest`, the newest record's.
    ///
    /// - Throws: `RecordError` of code `notFound`, `ambiguous` or `storeFailed`.
    public func resolve(_ prefix: String) async throws(RecordError) -> RecordID {
        let found: [String]
        do {
            found = try await database.read { db in
                if prefix == "latest" {
                    return try String.fetchAll(db, sql: "SELECT id FROM records ORDER BY created DESC, id DESC LIMIT 1")
                }
                if try Self.exists(prefix, db) { return [prefix] }
                return try String.fetchAll(
                    db, sql: "SELECT id FROM records WHERE substr(id, 1, $1) = $2 ORDER BY id LIMIT 6",
                    arguments: [prefix.unicodeScalars.count, prefix])
            }
        } catch { throw Self.translated(error, subject) }
        guard !prefix.isEmpty, let first = found.first.flatMap(RecordID.init(rawValue:)) else {
            throw Self.notFound(prefix)
        }
        guard found.count == 1 else {
            throw RecordError(
                .ambiguous, subject: "record \(prefix)",
                reason: "several records begin so: " + found.prefix(5).joined(separator: ", ")
                    + (found.count > 5 ? ", …" : ""), remedy: "write more of the name")
        }
        return first
    }

    static func exists(_ id: RecordID, _ db: Database) throws -> Bool { try exists(id.rawValue, db) }

    private static func exists(_ id: String, _ db: Database) throws -> Bool {
        try String.fetchOne(db, sql: "SELECT id FROM records WHERE id = $1", arguments: [id]) != nil
    }

    private static func names(_ role: String, _ id: RecordID, _ db: Database) throws -> [String] {
        try String.fetchAll(
            db, sql: "SELECT name FROM record_names WHERE record = $1 AND role = $2 ORDER BY ordinal",
            arguments: [id.rawValue, role])
    }
}
