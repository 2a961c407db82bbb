import GRDB
public import Records
public import struct Records.RecordError

extension SQLiteStore {
    /// Forgets a record, and the samples and pictures that no other record uses.
    ///
    /// - Throws: `RecordError` of code `notFound` or `storeFailed`.
    public func delete(_ id: RecordID) async throws(RecordError) {
        do {
            try await database.write { db in
                guard try Self.exists(id, db) else { throw Self.notFound(id.rawValue) }
                try Self.remove(id, db)
                try Self.removeUnusedBlobs(db)
            }
        } catch { throw Self.translated(error, subject) }
    }

    /// Removes a record's rows; its blobs stay until they are looked over.
    static func remove(_ id: RecordID, _ db: Database) throws {
        for table in ["metrics", "series", "pictures", "exhibits", "record_names"] {
            try db.execute(sql: "DELETE FROM \(table) WHERE record = $1", arguments: [id.rawValue])
        }
        try db.execute(sql: "DELETE FROM records WHERE id = $1", arguments: [id.rawValue])
    }

    /// Removes the blobs that nothing refers to.
    static func removeUnusedBlobs(_ db: Database) throws {
        try db.execute(
            sql: """
                DELETE FROM blobs
                WHERE NOT EXISTS (SELECT 1 FROM series WHERE series.sha256 = blobs.sha256)
                AND NOT EXISTS (SELECT 1 FROM pictures WHERE pictures.sha256 = blobs.sha256)
                """)
    }
}
