import Records
import ResultStore
import TestKit
import Testing

@Suite("Listing records")
struct ListingTests {
    private static func records() -> [Record] {
        (0..<6).map { index in
            var record = Record(
                id: RecordID(rawValue: "2026072\(index)-000000-00000\(index % 2)"),
                study: index < 4 ? "evaluate" : "compare", title: "Run \(index) 100% of_it",
                created: Timestamp(milliseconds: 1_785_000_000_000 + Int64(index) * 86_400_000), tool: "0.1",
                machine: SampleRecord.machine, seed: 1)
            record.ingredients = [Ingredient(.model, name: "model\(index % 3)", digest: SHA256.digest(of: "\(index)"))]
            record.outcomes = [Outcome(stack: index.isMultiple(of: 2) ? "native 0.1" : "onnxruntime 1.20", .completed)]
            record.isPartial = index == 5
            return record
        }
    }

    /// The oracle is `RecordFilter.admits`, which filters in Swift what the store filters in SQL.
    @Test(
        "the database filters as the filter says",
        arguments: [
            RecordFilter(), RecordFilter(study: "evaluate"), RecordFilter(model: "model1"), RecordFilter(stack: "onnx"),
            RecordFilter(stack: "ONNX"), RecordFilter(stack: "native 0.1"),
            RecordFilter(since: Timestamp(milliseconds: 1_785_000_000_000 + 3 * 86_400_000)),
            RecordFilter(text: "RUN 3"),
            RecordFilter(text: "0%"), RecordFilter(text: "f_i"), RecordFilter(text: "fxi"), RecordFilter(text: "\\"),
            RecordFilter(text: "model2"), RecordFilter(limit: 2),
            RecordFilter(study: "compare", model: "model2", stack: "n"),
            RecordFilter(study: "'; DROP TABLE records; --"),
        ])
    func filters(filter: RecordFilter) async throws {
        let store = try SQLiteStore()
        let records = Self.records()
        for record in records { try await store.save(RecordArchive(record)) }
        let expected = records.map(RecordSummary.init).filter(filter.admits).sorted { $0.created > $1.created }
        #expect(try await store.list(filter) == Array(expected.prefix(filter.limit ?? .max)))
    }

    @Test("a name is found by a unique prefix, and by the word latest")
    func resolves() async throws {
        let store = try SQLiteStore()
        await #expect { try await store.resolve("latest") } throws: { ($0 as? RecordError)?.code == .notFound }
        for record in Self.records() { try await store.save(RecordArchive(record)) }
        #expect(try await store.resolve("20260723").rawValue == "20260723-000000-000001")
        #expect(try await store.resolve("latest").rawValue == "20260725-000000-000001")
        await #expect { try await store.resolve("2026") } throws: { ($0 as? RecordError)?.code == .ambiguous }
        await #expect { try await store.resolve("2027") } throws: { ($0 as? RecordError)?.code == .notFound }
        await #expect { try await store.resolve("") } throws: { error in (error as? RecordError) != nil }
    }
}
