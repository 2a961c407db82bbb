import Foundation
import Records
import ResultStore
import TestKit
import Testing

@Suite("The store's file")
struct FileTests {
    @Test("what was saved is there after the store is opened again")
    func persists() async throws {
        let folder = try TemporaryFolder()
        defer { withExtendedLifetime(folder) {} }
        let path = folder.file("deeper/records.sqlite")
        try await SQLiteStore(path: path).save(SampleRecord.archive())
        #expect(try await SQLiteStore(path: path).archive(SampleRecord.record.id) == SampleRecord.archive())
    }

    @Test("the schema is what it was, and a file of its version 1 opens")
    func migrates() async throws {
        try expectGolden(try SQLiteStore().schemaText(), "schema-2.sql")
        let golden = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Goldens/store-1.sql")
        let script = try String(contentsOf: golden, encoding: .utf8)
        let folder = try TemporaryFolder()
        defer { withExtendedLifetime(folder) {} }
        let path = folder.file("records.sqlite")
        try SQLiteStore.makeFile(path: path, script: script)
        let store = try SQLiteStore(path: path)
        let record = try await store.record(try await store.resolve("latest"))
        #expect(record.metric("latency.median")?.description == "7.15 ms [7.08, 7.24] n=2")
        #expect(try await store.samples(record.series[0].digest) == [7_100_000, 7_200_000])
        #expect(record.series[0].rounds.isEmpty)
    }

    @Test("a file of a newer schema, or of something else, is refused")
    func refusals() async throws {
        let folder = try TemporaryFolder()
        defer { withExtendedLifetime(folder) {} }
        let path = folder.file("deeper/records.sqlite")
        _ = try SQLiteStore(path: path)
        try SQLiteStore.makeFile(path: path, script: "INSERT INTO schema_version (version) VALUES (99)")
        #expect {
            try SQLiteStore(path: path)
        } throws: { error in
            (error as? RecordError)?.reason == "its schema has version 99, this program knows 2"
        }
        try Data("this is no database, but long enough to look like one".utf8)
            .write(to: URL(fileURLWithPath: path + ".txt"))
        #expect {
            try SQLiteStore(path: path + ".txt")
        } throws: { error in
            (error as? RecordError)?.remedy == "name another file, or move this one away"
        }
        #expect(throws: RecordError.self) { try SQLiteStore(path: path + "/inside-a-file.sqlite") }
    }

    @Test("two processes write at once, and nothing is lost")
    func concurrentProcesses() async throws {
        let folder = try TemporaryFolder()
        defer { withExtendedLifetime(folder) {} }
        let path = folder.file("deeper/records.sqlite")
        async let first = #expect(processExitsWith: .success) { [path = path as String] in
            try await FileTests.write(path, names: 0..<20)
        }
        async let second = #expect(processExitsWith: .success) { [path = path as String] in
            try await FileTests.write(path, names: 20..<40)
        }
        _ = await (first, second)
        let store = try SQLiteStore(path: path)
        #expect(try await store.list(RecordFilter()).count == 40)
        #expect(try store.rowCount("blobs") == 6)
    }

    private static func write(_ path: String, names: Range<Int>) async throws {
        let store = try SQLiteStore(path: path)
        for name in names { try await store.save(SampleRecord.archive(id: "r-\(name)")) }
    }
}
