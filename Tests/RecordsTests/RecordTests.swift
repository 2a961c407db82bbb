import Foundation
import Records
import TestKit
import Testing

@Suite("Records")
struct RecordTests {
    @Test("a record reads back from its JSON, and writing is stable")
    func roundTrip() throws {
        let record = SampleRecord.record
        let text = try record.json().canonical
        let again = try Record(json: Data(text.utf8))
        #expect(again == record)
        #expect(try again.json().canonical == text)
        #expect(try record.json()["schema"] == "assay.record/1")
        try expectGolden(try record.json().pretty + "\n", "sample.record.json")
    }

    @Test("numbers that JSON lacks survive in exhibits, and make a metric unavailable")
    func nonFinite() throws {
        var record = SampleRecord.record
        record.exhibits = [
            Exhibit(
                "e", title: "t",
                .lines(LineChart(x: Axis("x"), y: Axis("y"), series: [.init("s", [.init(.infinity, -.infinity)])])))
        ]
        #expect(try Record(json: Data(record.json().canonical.utf8)) == record)
        #expect(Metric("m", .nan, .number).kind == .unavailable(reason: "the value is not a number"))
    }

    @Test("seeds keep 64 bits", arguments: [0, 42, UInt64(Int64.max), UInt64.max])
    func seeds(seed: UInt64) throws {
        var record = SampleRecord.record
        record.seed = seed
        #expect(try Record(json: Data(record.json().canonical.utf8)).seed == seed)
    }

    @Test(
        "what is not a record of this schema is refused and named",
        arguments: [
            ("{}", RecordError.Code.wrongSchema), ("[]", .wrongSchema),
            ("{\"schema\":\"assay.record/2\"}", .wrongSchema),
            ("{\"schema\":\"assay.record/1\"}", .malformed), ("x", .invalidJSON),
        ])
    func refusals(text: String, code: RecordError.Code) {
        #expect {
            try Record(json: Data(text.utf8), subject: "f.json")
        } throws: { error in
            (error as? RecordError)?.code == code && (error as? RecordError)?.subject.hasPrefix("f.json") == true
        }
    }

    @Test("a malformed member is named by its path")
    func path() throws {
        var value = try SampleRecord.record.json()
        value["machine"]?["logicalCores"] = "many"
        let text = value.canonical
        #expect {
            try Record(json: Data(text.utf8), subject: "f.json")
        } throws: { error in
            (error as? RecordError)?.subject == "f.json, .machine.logicalCores"
        }
    }

    @Test("runs that differ in times and names only are comparable; any other difference shows")
    func comparable() throws {
        let first = SampleRecord.record
        let digest = try first.comparableDigest()
        var other = SampleRecord.archive(id: "20270101-000000-000000").record
        other.created = Timestamp(milliseconds: 0)
        other.machine.load = [9, 9, 9]
        other.metrics = other.metrics.reversed().map { metric in
            guard metric.varies, let value = metric.value else { return metric }
            return Metric(metric.name, value * 1.1, metric.unit, count: 7, labels: metric.labels)
        }
        other.notes = ["slow day"]
        #expect(try other.comparableDigest() == digest)

        let changes: [(String, (inout Record) -> Void)] = [
            ("spec", { $0.spec["samples"] = 401 }), ("lock", { $0.lock["openvino"] = "2025.0" }),
            ("seed", { $0.seed = 43 }),
            ("machine", { $0.machine.processor = "other" }), ("ingredient", { $0.ingredients.removeLast() }),
            ("accuracy", { $0.metrics = $0.metrics.filter { $0.name != "accuracy.top1" } }),
            ("a time that is gone", { $0.metrics = $0.metrics.filter { $0.name != "latency.median" } }),
            ("outcome", { $0.outcomes[3].state = .crashed(signal: 6) }), ("verdict", { $0.verdicts[2].state = .holds }),
            ("exhibit", { $0.exhibits.removeLast() }),
        ]
        for (name, change) in changes {
            var changed = first
            change(&changed)
            #expect(try changed.comparableDigest() != digest, "\(name)")
        }
    }

    @Test("an archive carries its samples in one file, and refuses changed ones")
    func archive() throws {
        let archive = SampleRecord.archive()
        let value = try archive.json()
        let again = try RecordArchive(json: Data(value.canonical.utf8))
        #expect(again == archive)
        #expect(again.samples.count == 3)

        var changed = value
        let name = try #require(value["blobs"]?.object?.keys.min())
        changed["blobs"]?[name] = .string(Samples.encode([1, 2, 3]).base64EncodedString())
        let forged = Data(changed.canonical.utf8)
        #expect { try RecordArchive(json: forged) } throws: { ($0 as? RecordError)?.code == .hashMismatch }
        changed["blobs"]?[name] = nil
        let lacking = Data(changed.canonical.utf8)
        #expect { try RecordArchive(json: lacking) } throws: { ($0 as? RecordError)?.code == .malformed }
    }

    @Test("samples are little-endian Int64")
    func samples() throws {
        let values: [Int64] = [1, -2, .max, .min]
        let data = Samples.encode(values)
        #expect(Array(data.prefix(8)) == [1, 0, 0, 0, 0, 0, 0, 0])
        #expect(Array(data[8..<16]) == [0xfe] + Array(repeating: 0xff, count: 7))
        #expect(try Samples.decode(data) == values)
        #expect(throws: RecordError.self) { try Samples.decode(Data([1, 2, 3])) }
    }

    @Test("every outcome reads back and says what happened")
    func outcomes() throws {
        let states: [(Outcome.State, String)] = [
            (.completed, "completed"), (.crashed(signal: 11), "crashed (SIGSEGV)"),
            (.exited(code: 3), "exited with code 3"),
            (.hung(limit: 30), "hung (no answer within 30.0 s)"),
            (.protocolViolation(reason: "r"), "broke the protocol: r"),
            (.refused(reason: "r"), "refused: r"), (.unavailable(reason: "r"), "unavailable: r"),
        ]
        for (state, text) in states {
            let outcome = Outcome(stack: "s", state, log: "l")
            let data = Data(try JSONCoding.canonical(outcome).utf8)
            #expect(try JSONCoding.decode(Outcome.self, from: data, subject: "o") == outcome)
            #expect(state.description == text)
        }
    }
}
