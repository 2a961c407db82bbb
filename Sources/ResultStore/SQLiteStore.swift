import Foundation
import GRDB
public import Records
public import struct Records.RecordError

/// Records in one SQLite file: metrics as rows, samples and pictures as blobs by their hash.
///
/// Several processes may read and write the file at once: readers never wait (write-ahead log), writers wait for each
/// other.
public struct SQLiteStore: RecordStore {
    /// The file; `nil` for a store in memory.
    public let path: String?
    let database: any DatabaseWriter

    /// Opens a store, and makes the file and its folder where they are missing.
    ///
    /// - Parameter patience: how long a writer waits for another, in seconds.
    /// - Throws: `RecordError` of code `storeFailed`.
    public init(path: String, patience: Double = 30) throws(RecordError) {
        self.path = path
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
        database = try Self.translating(path) {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            return try Self.open(path, patience: patience)
        }
        try migrate()
    }

    /// Opens a store that is gone when it is let go.
    ///
    /// - Throws: `RecordError` of code `storeFailed`.
    public init() throws(RecordError) {
        path = nil
        database = try Self.translating("store in memory") { try DatabaseQueue() }
        try migrate()
    }

    private static func open(_ path: String, patience: Double) throws -> any DatabaseWriter {
        var configuration = Configuration()
        configuration.busyMode = .timeout(patience)
        let deadline = ContinuousClock.now + .seconds(patience)
        while true {
            do { return try DatabasePool(path: path, configuration: configuration) } catch let error as DatabaseError
                where error.resultCode == .SQLITE_BUSY && ContinuousClock.now < deadline
            {
                // Turning on the write-ahead log does not wait for other processes by itself.
                Thread.sleep(forTimeInterval: 0.02)
            }
        }
    }

    /// Brings the schema to the newest version, in one transaction.
    private func migrate() throws(RecordError) {
        let subject = subject
        try Self.translating(subject) {
            try database.write { db in
                try db.execute(sql: "CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL)")
                let current = try Int.fetchOne(db, sql: "SELECT MAX(version) FROM schema_version") ?? 0
                guard current <= Migration.newest else {
                    throw RecordError(
                        .storeFailed, subject: subject,
                        reason: "its schema has version \(current), this program knows \(Migration.newest)",
                        remedy: "use the newer version of Assay that made it, or another file")
                }
                for migration in Migration.all where migration.version > current {
                    for statement in migration.statements { try db.execute(sql: statement) }
                    try db.execute(
                        sql: "INSERT INTO schema_version (version) VALUES ($1)", arguments: [migration.version])
                }
            }
        }
    }

    var subject: String { path ?? "store in memory" }

    /// Runs something on the database and says its errors in the words of this module.
    static func translating<Result>(_ subject: String, _ body: () throws -> Result) throws(RecordError) -> Result {
        do { return try body() } catch { throw translated(error, subject) }
    }

    static func translated(_ error: any Error, _ subject: String) -> RecordError {
        switch error {
        case let error as RecordError: error
        case let error as DatabaseError:
            RecordError(
                .storeFailed, subject: subject, reason: "SQLite says: \(error.message ?? error.resultCode.description)",
                remedy: remedy(error.resultCode))
        default: RecordError(.storeFailed, subject: subject, reason: error.localizedDescription)
        }
    }

    private static func remedy(_ code: ResultCode) -> String {
        switch code {
        case .SQLITE_NOTADB, .SQLITE_CORRUPT: "name another file, or move this one away"
        case .SQLITE_BUSY, .SQLITE_LOCKED: "another process keeps it locked; try again when it is done"
        case .SQLITE_FULL: "free some space on the disk"
        case .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_PERM: "check that the file and its folder may be written"
        default: ""
        }
    }
}
