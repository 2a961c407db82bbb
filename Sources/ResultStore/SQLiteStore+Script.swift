import GRDB
import Records

extension SQLiteStore {
    /// Makes a store's file by a script, as an older version of this program left it.
    package static func makeFile(path: String, script: String) throws {
        let queue = try DatabaseQueue(path: path)
        try queue.write { db in try db.execute(sql: script) }
        try queue.close()
    }

    /// The statements that made the tables and indexes, as the database keeps them.
    package func schemaText() throws -> String {
        try database.read { db in
            try String.fetchAll(db, sql: "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name")
                .map { $0 + ";\n" }.joined()
        }
    }

    /// How many rows a table holds.
    package func rowCount(_ table: String) throws -> Int {
        try database.read { db in
            try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM \(table.quotedDatabaseIdentifier)") ?? 0
        }
    }
}
