import Foundation
import Records
import ResultStore
import TestKit
import Testing

@Suite("The store of records")
struct StoreTests {
    @Test("a record comes out as it went in, samples, pictures and all")
    func roundTrip() async throws {
        let store = try SQLiteStore()
        let archive = SampleRecord.archive()
        try await store.save(archive)
        #expect(try await store.record(archive.record.id) == archive.record)
        #expect(try await store.archive(archive.record.id) == archive)
    }

    @Test("metrics are rows, samples and pictures are blobs, each kept once")
    func form() async throws {
        let store = try SQLiteStore()
        let archive = SampleRecord.archive()
        try await store.save(archive)
        try await store.save(SampleRecord.archive(id: "20260730-000000-000001"))
        #expect(try store.rowCount("metrics") == 2 * archive.record.metrics.count)
        #expect(try store.rowCount("series") == 6)
        #expect(try store.rowCount("blobs") == 3 + 3)
    }

    @Test("saving again replaces; what nothing refers to any more is gone")
    func replaces() async throws {
        let store = try SQLiteStore()
        var archive = SampleRecord.archive()
        try await store.save(archive)
        archive.record.series = []
        archive.record.metrics = []
        archive.record.exhibits = []
        try await store.save(archive)
        #expect(try await store.record(archive.record.id) == archive.record)
        for table in ["metrics", "series", "exhibits", "pictures", "blobs"] {
            #expect(try store.rowCount(table) == 0, "\(table)")
        }
    }

    @Test("deleting keeps the samples that another record uses")
    func deletes() async throws {
        let store = try SQLiteStore()
        let first = SampleRecord.archive()
        let second = SampleRecord.archive(id: "20260730-000000-000001")
        try await store.save(first)
        try await store.save(second)
        try await store.delete(first.record.id)
        #expect(try await store.archive(second.record.id) == second)
        try await store.delete(second.record.id)
        #expect(try store.rowCount("blobs") == 0)
        await #expect { try await store.delete(first.record.id) } throws: { ($0 as? RecordError)?.code == .notFound }
    }

    @Test("a record whose samples are missing is refused, and nothing of it stays")
    func atomic() async throws {
        let store = try SQLiteStore()
        let bare = RecordArchive(SampleRecord.record)
        await #expect { try await store.save(bare) } throws: { ($0 as? RecordError)?.code == .malformed }
        for table in ["records", "metrics", "series", "exhibits", "blobs", "record_names"] {
            #expect(try store.rowCount(table) == 0, "\(table)")
        }
        // Once the samples are there, the record alone may be saved again.
        try await store.save(SampleRecord.archive())
        try await store.save(bare)
        #expect(try await store.archive(bare.record.id) == SampleRecord.archive())
    }

    @Test("an export is taken in by another store, once; a different record of the name is refused")
    func exchange() async throws {
        let here = try SQLiteStore()
        let there = try SQLiteStore()
        try await here.save(SampleRecord.archive())
        let file = Data(try await here.archive(SampleRecord.record.id).json().canonical.utf8)
        let archive = try RecordArchive(json: file, subject: "export.json")
        #expect(try await there.add(archive))
        #expect(try await there.add(archive) == false)
        #expect(try await there.archive(archive.record.id) == SampleRecord.archive())
        var other = archive
        other.record.title = "another"
        let changed = other
        await #expect { try await there.add(changed) } throws: { ($0 as? RecordError)?.code == .conflict }
    }

    @Test("20 000 metrics are saved and read in a moment")
    func many() async throws {
        let store = try SQLiteStore()
        var record = SampleRecord.record
        record.series = []
        record.metrics = (0..<20_000).map {
            Metric("layer.\($0).error", Double($0) / 3, .number, labels: [Label.stack: "s\($0 % 3)"])
        }
        try await store.save(RecordArchive(record))
        #expect(try await store.record(record.id).metrics == record.metrics)
    }
}
