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
