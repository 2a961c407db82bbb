import Foundation
import GRDB
public import Records
public import struct Records.Record
public import struct Records.RecordError

extension SQLiteStore {
    /// Keeps a record and its samples in one transaction; a record of the same name is replaced.
    ///
    /// Samples that the archive lacks must already be in the store.
    /// - Throws: `RecordError` of code `malformed` or `storeFailed`.
    public func save(_ archive: RecordArchive) async throws(RecordError) {
        let rows = try RecordRows(archive)
        do {
            try await database.write { db in
                let isReplaced = try Self.exists(rows.record.id, db)
                if isReplaced { try Self.remove(rows.record.id, db) }
                try Self.insert(rows, db)
                if isReplaced { try Self.removeUnusedBlobs(db) }
            }
        } catch { throw Self.translated(error, subject) }
    }

    private static func insert(_ rows: RecordRows, _ db: Database) throws {
        let record = rows.record
        let summary = RecordSummary(record)
        try db.execute(
            sql: """
                INSERT INTO records (id, study, title, created, partial, metric_count, failed_verdicts, search, document)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
                """,
            arguments: [
                record.id.rawValue, record.study, record.title, record.created.milliseconds, record.isPartial ? 1 : 0,
                summary.metricCount, summary.failedVerdicts, rows.search, rows.document,
            ])
        for (role, names) in [("model", summary.models), ("stack", summary.stacks)] {
            for (index, name) in names.enumerated() {
                try db.execute(
                    sql: "INSERT INTO record_names (record, role, ordinal, name) VALUES ($1, $2, $3, $4)",
                    arguments: [record.id.rawValue, role, index, name])
            }
        }
        for (digest, content) in rows.blobs {
            try db.execute(
                sql: "INSERT INTO blobs (sha256, content) VALUES ($1, $2) ON CONFLICT (sha256) DO NOTHING",
                arguments: [digest.hex, content])
        }
        try insertMetrics(record, db)
        try insertSeries(record, db)
        try insertExhibits(rows, db)
    }

    private static func insertMetrics(_ record: Record, _ db: Database) throws {
        let statement = try db.makeStatement(
            sql: """
                INSERT INTO metrics (record, ordinal, name, labels, unit, number, lower_bound, upper_bound, confidence,
                    method, sample_count, kind, reason, varies)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
                """)
        var labels = LabelCodec()
        for (index, metric) in record.metrics.enumerated() {
            var reason: String?
            if case .unavailable(let why) = metric.kind { reason = why }
            let interval = metric.interval
            try statement.execute(arguments: [
                record.id.rawValue, index, metric.name, labels.text(metric.labels), metric.unit.rawValue, metric.value,
                interval?.lower, interval?.upper, interval?.level, interval?.method, metric.count, metric.kind.name,
                reason, metric.varies ? 1 : 0,
            ])
        }
    }

    private static func insertSeries(_ record: Record, _ db: Database) throws {
        var labels = LabelCodec()
        for (index, series) in record.series.enumerated() {
            guard
                try Bool.fetchOne(
                    db, sql: "SELECT COUNT(*) > 0 FROM blobs WHERE sha256 = $1", arguments: [series.digest.hex])
                    == true
            else {
                throw RecordError(
                    .malformed, subject: "record \(record.id), series '\(series.name)'",
                    reason: "its samples are missing",
                    remedy: "save the record together with its samples")
            }
            try db.execute(
                sql: """
                    INSERT INTO series (record, ordinal, name, labels, unit, sample_count, sha256, rounds)
                    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
                    """,
                arguments: [
                    record.id.rawValue, index, series.name, labels.text(series.labels), series.unit.rawValue,
                    series.count, series.digest.hex,
                    series.rounds.isEmpty ? "" : try JSONCoding.canonical(series.rounds),
                ])
        }
    }

    private static func insertExhibits(_ rows: RecordRows, _ db: Database) throws {
        for (index, exhibit) in rows.exhibits.enumerated() {
            try db.execute(
                sql: "INSERT INTO exhibits (record, ordinal, name, document) VALUES ($1, $2, $3, $4)",
                arguments: [rows.record.id.rawValue, index, exhibit.name, exhibit.document])
            for (ordinal, digest) in exhibit.pictures.enumerated() {
                try db.execute(
                    sql: "INSERT INTO pictures (record, exhibit, ordinal, sha256) VALUES ($1, $2, $3, $4)",
                    arguments: [rows.record.id.rawValue, index, ordinal, digest.hex])
            }
        }
    }
}
