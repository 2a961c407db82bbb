import Foundation
import Records
import Studies
import TestKit
import Testing

/// What the hallmark takes from records of the same model, and what it says is missing.
@Suite(.timeLimit(.minutes(10))) struct HallmarkTests {
    /// Records in memory, the newest first.
    private struct Shelf: RecordStore {
        var records: [Record]

        func save(_ archive: RecordArchive) async throws(RecordError) {}
        func record(_ id: RecordID) async throws(RecordError) -> Record {
            guard let record = records.first(where: { $0.id == id }) else {
                throw RecordError(.notFound, subject: "\(id)", reason: "there is none")
            }
            return record
        }
        func resolve(_ prefix: String) async throws(RecordError) -> RecordID { try await record(records[0].id).id }
        func list(_ filter: RecordFilter) async throws(RecordError) -> [RecordSummary] {
            records.sorted { $0.created > $1.created }.map { RecordSummary($0) }.filter(filter.admits)
        }
        func samples(_ digest: Digest) async throws(RecordError) -> [Int64] { [] }
        func delete(_ id: RecordID) async throws(RecordError) {}
    }

    private static let day: Int64 = 86_400_000

    /// A record of a study about a model, so many days after the epoch's beginning of 2026.
    private func record(
        _ study: String, _ digest: Digest, day: Int64, machine: Machine = SampleRecord.machine,
        _ verdicts: [Verdict], isPartial: Bool = false
    ) -> Record {
        var record = Record(
            study: study, title: study, created: Timestamp(milliseconds: 1_767_225_600_000 + day * Self.day),
            tool: "test", ingredients: [Ingredient(.model, name: "another name", digest: digest)], machine: machine,
            seed: 1)
        record.verdicts = verdicts
        record.isPartial = isPartial
        return record
    }

    private func verdict(_ question: Question, _ statement: String, _ metric: String = "", _ value: Double = 1)
        -> Verdict
    {
        Verdict(
            question, subject: "s", statement, .holds,
            metric: metric.isEmpty ? nil : Metric(metric, value, .ratio, count: 3))
    }

    private func strike(_ records: [Record], in bench: FakeBench) async throws -> Hallmark {
        var spec = bench.spec(["1"])
        spec.measure.duration = .milliseconds(40)
        return try await HallmarkStudy(bench.context, store: Shelf(records: records)).run(spec).hallmark
    }

    private func bench() throws -> (FakeBench, Digest) {
        var model = FakeModel()
        model.toldMicroseconds = 3000
        let bench = try FakeBench(["1": model])
        return (bench, try SHA256.digest(ofFile: bench.file("fake.onnx")))
    }

    private func line(_ question: Question, _ hallmark: Hallmark) throws -> Hallmark.Line {
        try #require(hallmark.lines.first { $0.question == question })
    }

    @Test func withoutRecordsItNamesTheCommands() async throws {
        let (bench, _) = try bench()
        let hallmark = try await strike([], in: bench)
        let fast = try line(.fast, hallmark)
        #expect(
            fast.absent.map(\.command) == [
                "assay load fake.onnx --scenario server --find-rate --bound 50ms",
                "assay compare fake.onnx other.onnx", "assay cost fake.onnx --threads 1,2",
            ])
        // The certificate of the runs that were just made.
        #expect(fast.evidence.map(\.study) == ["evaluate"] && fast.evidence[0].verdict.statement.contains("runs"))
        let why = try line(.why, hallmark)
        #expect(why.state == nil && why.absent.map(\.command) == ["assay trace fake.onnx"])
        #expect(try line(.itself, hallmark).absent.map(\.command) == ["assay stability fake.onnx"])
    }

    @Test func theNewestRecordOfTheSameBytesSpeaks() async throws {
        let (bench, digest) = try bench()
        var elsewhere = SampleRecord.machine
        elsewhere.processor = "Other CPU"
        let number = Metric("layer.share", 0.25, .fraction)
        let why = (0..<4).map {
            Verdict(.why, subject: $0 == 3 ? "fake 1" : "other", "\($0): 25.0 % of its time", .holds, metric: number)
        }
        let hallmark = try await strike(
            [
                record("load", digest, day: 1, [verdict(.fast, "old", "load.highest-rate")]),
                record(
                    "load", digest, day: 2, [verdict(.fast, "audit"), verdict(.fast, "rate", "load.highest-rate", 7)]),
                record("load", digest, day: 3, [verdict(.fast, "cut off", "load.highest-rate")], isPartial: true),
                record("load", digest, day: 4, [verdict(.fast, "nothing for a card")]),
                record("load", SHA256.digest(of: "another"), day: 5, [verdict(.fast, "x", "load.highest-rate")]),
                record("cost", digest, day: 2, machine: elsewhere, [verdict(.fast, "COST")]),
                record("trace", digest, day: 6, why),
                record("stability", digest, day: 7, [verdict(.itself, "8 cells on 32 samples: bit-identical")]),
            ], in: bench)
        let fast = try line(.fast, hallmark)
        #expect(fast.evidence.map(\.verdict.statement).dropFirst() == ["rate", "COST"])
        #expect(fast.evidence.map(\.origin).dropFirst() == ["2026-01-03", "2026-01-03, on another machine: Other CPU"])
        #expect(fast.evidence.dropFirst().allSatisfy { $0.verdict.record != nil })
        #expect(fast.absent.map(\.what) == ["a comparison"])
        #expect(
            fast.state == fast.verdicts.map(\.state).worst, "earlier records do not decide the line of new verdicts")
        let itself = try line(.itself, hallmark)
        #expect(itself.evidence.map(\.verdict.statement) == ["8 cells on 32 samples: bit-identical"])
        #expect(itself.absent.isEmpty && itself.evidence[0].study == "stability")
        let because = try line(.why, hallmark)
        #expect(because.verdicts.isEmpty && because.state == .holds && because.absent.isEmpty)
        #expect(
            because.evidence.map { $0.verdict.statement.prefix(1) } == ["3", "0", "1"], "the fastest stack's come first"
        )
        #expect(because.evidence.allSatisfy { $0.verdict.metric == nil }, "no number is told twice")
        #expect(hallmark.records.count == 5)
    }
}
