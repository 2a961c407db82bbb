import Foundation
import Records
import TestKit
import Testing

@Suite("The record's JSON Schema")
struct SchemaTests {
    @Test("the published schema is the one that the code makes")
    func published() throws {
        // Accepted by python-jsonschema 4 as draft 2020-12, which also accepted the sample record.
        try expectGolden(RecordSchema.json.pretty + "\n", "../../../Documentation/Schemas/record.schema.json")
    }

    @Test("a record and an archive with every kind of member fit the schema")
    func fits() throws {
        let check = SchemaCheck(schema: RecordSchema.json)
        var archive = SampleRecord.archive()
        archive.record.isPartial = true
        archive.record.seed = .max
        let states: [Outcome.State] = [
            .exited(code: 1), .hung(limit: 1), .protocolViolation(reason: "r"), .refused(reason: "r"),
            .unavailable(reason: "r"),
        ]
        archive.record.outcomes += states.map { Outcome(stack: "s", $0, labels: ["a": "b"], log: "l") }
        #expect(check.problems(try archive.json()) == [])
    }

    @Test("a machine with accelerators fits the schema and is read back; a name alone is one, too")
    func accelerators() throws {
        let check = SchemaCheck(schema: RecordSchema.json)
        var record = SampleRecord.record
        let bare = try record.json()
        #expect(bare["machine"]?["accelerators"]?.canonical == "[]")
        record.machine.accelerators = [
            Accelerator(
                name: "Fast Device", memoryBytes: 80 << 30, driver: "580.1", cuda: "13.0", capability: "9.0",
                clocks: .init(processor: 345, mostProcessor: 1980), powerLimitWatts: 700, temperature: 31,
                persistence: true, computeMode: "default", errorCorrection: true, isCut: false,
                link: .init(generation: 5, width: 16)), Accelerator(name: "Plain Device"),
        ]
        let json = try record.json()
        #expect(check.problems(json) == [])
        #expect(try Record(json: Data(json.canonical.utf8), subject: "test").machine == record.machine)
        let named = Data(json.canonical.replacing(#"{"name":"Plain Device"}"#, with: #""Plain Device""#).utf8)
        #expect(try Record(json: named, subject: "test").machine == record.machine)
        #expect(record.machine.summary.contains("Fast Device, 80.0 GiB, driver 580.1"), "\(record.machine.summary)")
        // Another device, driver or limit is another machine to who compares times.
        var other = record.machine
        #expect(other.computing == record.machine.computing)
        other.accelerators[0].temperature = 80
        #expect(other.computing == record.machine.computing)
        let digest = try record.comparableDigest()
        var later = record
        later.machine = other
        later.machine.accelerators[0].clocks?.processor = 1980
        later.machine.accelerators[0].link?.generation = 1
        #expect(try later.comparableDigest() == digest)
        other.accelerators[0].driver = "590.1"
        #expect(other.computing != record.machine.computing)
        later.machine = other
        #expect(try later.comparableDigest() != digest)
        // What is no description is refused.
        let wrong = Data(json.canonical.replacing(#""name":"Plain Device""#, with: #""nome":"x""#).utf8)
        #expect(throws: RecordError.self) { try Record(json: wrong, subject: "test") }
    }

    @Test("metrics of tokens have fixed names and units")
    func tokens() throws {
        let check = SchemaCheck(schema: RecordSchema.json)
        let right: [(String, MetricUnit)] = [
            ("token.first.p99", .nanoseconds), ("token.first.p99.9", .nanoseconds),
            ("token.output.mean", .nanoseconds), ("token.rate", TokenMetric.tokensPerSecond), ("token.count", .count),
            ("tokens", .count),
        ]
        let wrong: [(String, MetricUnit)] = [
            ("token.first.p99", .seconds), ("token.first", .nanoseconds), ("token.rate", .itemsPerSecond),
            ("token.second.p99", .nanoseconds), ("token.output.p", .nanoseconds),
        ]
        for (name, unit) in right + wrong {
            let isRight = right.contains { $0 == (name, unit) }
            var record = SampleRecord.record
            record.metrics = [Metric(name, 1, unit)]
            let json = try record.json()
            #expect(check.problems(json).isEmpty == isRight, "\(name) in \(unit.rawValue)")
            #expect((TokenMetric.violation(name: name, unit: unit) == nil) == isRight)
            let read = try? Record(json: Data(json.canonical.utf8), subject: "test")
            #expect((read != nil) == isRight, "\(name) in \(unit.rawValue)")
        }
    }

    @Test("the check can fail: each of these changes is found")
    func negativeControls() throws {
        let check = SchemaCheck(schema: RecordSchema.json)
        let good = try SampleRecord.record.json()
        let changes: [(inout JSONValue) -> Void] = [
            { $0["schema"] = "assay.record/2" }, { $0["extra"] = 1 }, { $0["seed"] = -1 },
            { $0["machine"]?["kernel"] = nil },
            { $0["metrics"] = [["name": "a", "unit": "s", "kind": "measured"]] },
            { $0["verdicts"] = [["question": "how"]] }, { $0["id"] = "a/b" }, { $0["exhibits"] = [["kind": "table"]] },
        ]
        for (index, change) in changes.enumerated() {
            var value = good
            change(&value)
            #expect(!check.problems(value).isEmpty, "change \(index)")
        }
    }
}
