import Foundation
import GRDB
public import Records
public import struct Records.Record
public import struct Records.RecordError

extension SQLiteStore {
    /// The record of a name.
    ///
    /// - Throws: `RecordError` of code `notFound` or `storeFailed`.
    public func record(_ id: RecordID) async throws(RecordError) -> Record {
        do {
            return try await database.read { db in
                guard
                    let document = try String.fetchOne(
                        db, sql: "SELECT document FROM records WHERE id = $1", arguments: [id.rawValue])
                else { throw Self.notFound(id.rawValue) }
                var record = try Record(json: Data(document.utf8), subject: "record \(id)")
                record.metrics = try Self.metrics(id, db)
                record.series = try Self.series(id, db)
                record.exhibits = try Self.exhibits(id, db)
                return record
            }
        } catch { throw Self.translated(error, subject) }
    }

    /// The samples of a digest; their bytes are hashed again.
    ///
    /// - Throws: `RecordError` of code `notFound`, `hashMismatch` or `storeFailed`.
    public func samples(_ digest: Digest) async throws(RecordError) -> [Int64] {
        let content: Data
        do {
            content = try await database.read { db in try Self.blob(digest, db) }
        } catch { throw Self.translated(error, subject) }
        return try Samples.decode(content)
    }

    static func notFound(_ name: String) -> RecordError {
        RecordError(
            .notFound, subject: "record \(name)", reason: "the store holds no such record",
            remedy: "`assay records` lists what it holds")
    }

    private static func blob(_ digest: Digest, _ db: Database) throws -> Data {
        guard
            let content = try Data.fetchOne(
                db, sql: "SELECT content FROM blobs WHERE sha256 = $1", arguments: [digest.hex])
        else {
            throw RecordError(
                .notFound, subject: "blob \(digest.short)…", reason: "the store holds no bytes of this hash")
        }
        guard SHA256.digest(of: content) == digest else {
            throw RecordError(
                .hashMismatch, subject: "blob \(digest.short)…", reason: "the stored bytes have another hash",
                remedy: "the file is damaged; restore it from a copy")
        }
        return content
    }

    private static func metrics(_ id: RecordID, _ db: Database) throws -> [Metric] {
        var labels = LabelCodec()
        var metrics: [Metric] = []
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT name, labels, unit, number, lower_bound, upper_bound, confidence, method, sample_count, kind,
                    reason, varies
                FROM metrics WHERE record = $1 ORDER BY ordinal
                """, arguments: [id.rawValue])
        while let row = try rows.next() {
            var interval: Interval?
            if let lower: Double = row[4], let upper: Double = row[5] {
                interval = Interval(lower: lower, upper: upper, level: row[6] ?? 0, method: row[7] ?? "")
            }
            let kind: MetricKind =
                switch row[9] as String {
                case "measured": .measured
                case "modelled": .modelled
                default: .unavailable(reason: row[10] ?? "")
                }
            metrics.append(
                Metric(
                    name: row[0], labels: try labels.labels(row[1]), unit: MetricUnit(rawValue: row[2]), value: row[3],
                    interval: interval, count: row[8], kind: kind, varies: row[11] as Int != 0))
        }
        return metrics
    }

    private static func series(_ id: RecordID, _ db: Database) throws -> [SampleSeries] {
        var labels = LabelCodec()
        return try Row.fetchAll(
            db,
            sql: """
                SELECT name, labels, unit, sample_count, sha256, rounds FROM series WHERE record = $1 ORDER BY ordinal
                """,
            arguments: [id.rawValue]
        ).map { row in
            guard let digest = Digest(hex: row[4]) else {
                throw RecordError(.malformed, subject: "record \(id)", reason: "a series has no digest")
            }
            let rounds: String = row[5]
            return SampleSeries(
                name: row[0], labels: try labels.labels(row[1]), unit: MetricUnit(rawValue: row[2]), count: row[3],
                digest: digest,
                rounds: rounds.isEmpty
                    ? []
                    : try JSONCoding.decode(
                        [[Int]].self, from: Data(rounds.utf8), subject: "record \(id), series '\(row[0] as String)'"))
        }
    }

    private static func exhibits(_ id: RecordID, _ db: Database) throws -> [Exhibit] {
        try Row.fetchAll(
            db, sql: "SELECT ordinal, document FROM exhibits WHERE record = $1 ORDER BY ordinal",
            arguments: [id.rawValue]
        ).map { row in
            let ordinal: Int = row[0]
            let document: String = row[1]
            var exhibit = try JSONCoding.decode(
                Exhibit.self, from: Data(document.utf8), subject: "record \(id), exhibit \(ordinal)")
            guard case .images(var grid) = exhibit.content else { return exhibit }
            let digests = try String.fetchAll(
                db, sql: "SELECT sha256 FROM pictures WHERE record = $1 AND exhibit = $2 ORDER BY ordinal",
                arguments: [id.rawValue, ordinal])
            for (index, text) in digests.enumerated() where index < grid.pictures.count {
                if let digest = Digest(hex: text) { grid.pictures[index].data = try blob(digest, db) }
            }
            exhibit.content = .images(grid)
            return exhibit
        }
    }
}
