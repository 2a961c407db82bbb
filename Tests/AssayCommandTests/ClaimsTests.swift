import Foundation
import Records
import TestKit
import Testing

/// `assay claims` on claims whose commands print canned records: what holds, what does not, and what cannot be read.
@Suite(.enabled(if: AssayProgram.path != nil, "\(AssayProgram.absence)"), .timeLimit(.minutes(10)))
struct ClaimsTests {
    /// A bound on a metric of the canned record, and what must come of it.
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var select: String
        var bound: String
        var isPoint = true
        var more = ""
        var holds: Bool
        var testDescription: String { name }
    }

    // The record: top-1 accuracy 0.9 [0.699, 0.972] on three stacks, medians 9.4, 7.15 and 5.82 ms.
    private static let accuracy = "{metric: {name: accuracy.top1, count: 3}}"
    private static let median = "{metric: {name: latency.median, count: 3}}"
    static let cases = [
        Case(name: "equal", select: accuracy, bound: "{equals: 0.9}", holds: true),
        Case(name: "not-equal", select: accuracy, bound: "{equals: 0.91}", holds: false),
        Case(name: "point-above", select: accuracy, bound: "{at-least: 0.9}", holds: true),
        Case(name: "sample-below", select: accuracy, bound: "{at-least: 0.7}", isPoint: false, holds: false),
        Case(name: "sample-above", select: accuracy, bound: "{at-least: 0.699}", isPoint: false, holds: true),
        // One slow stack is enough to miss a bound on all.
        Case(name: "worst-stack", select: median, bound: "{at-most: 9000000}", holds: false),
        Case(name: "all-stacks", select: median, bound: "{at-most: 9400000}", holds: true),
        Case(name: "interval-over", select: median, bound: "{at-most: 9400000}", isPoint: false, holds: false),
        Case(
            name: "one-stack",
            select: "{metric: {name: latency.median, labels: {stack: onnxruntime 1.20.1}}}",
            bound: "{at-most: 7150000}", holds: true),
        Case(name: "missing", select: "{metric: {name: latency.p42}}", bound: "{at-most: 1}", holds: false),
        Case(
            name: "vanished-stack", select: "{metric: {name: latency.median, count: 4}}", bound: "{at-most: 1e9}",
            holds: false),
        Case(
            name: "no-value", select: "{metric: {name: energy}}", bound: "{at-most: 1}", holds: false),
        Case(name: "path", select: "{path: seed}", bound: "{equals: 42}", holds: true),
        Case(name: "path-into-list", select: "{path: metrics.0.count}", bound: "{equals: 400}", holds: true),
        Case(name: "path-nowhere", select: "{path: metrics.999.count}", bound: "{equals: 400}", holds: false),
        Case(name: "path-to-text", select: "{path: title}", bound: "{equals: 0}", holds: false),
        Case(name: "within", select: "{path: seed}", bound: "{at-least: 40, at-most: 44}", holds: true),
        Case(name: "within-below", select: "{path: seed}", bound: "{at-least: 43, at-most: 44}", holds: false),
        Case(name: "within-above", select: "{path: seed}", bound: "{at-least: 1, at-most: 41}", holds: false),
        // The fastest stack lies below, the slowest at the upper end.
        Case(name: "worst-within", select: median, bound: "{at-least: 6000000, at-most: 9400000}", holds: false),
        Case(
            name: "all-within", select: median, bound: "{at-least: 5000000, at-most: 9400000}",
            more: "requires: {path: seed, equals: 42}", holds: true),
        Case(
            name: "required", select: "{path: seed}", bound: "{equals: 42}",
            more: "requires: [{path: metrics.0.count, equals: 400}, {path: seed, at-least: 42, at-most: 42}]",
            holds: true),
        Case(
            name: "required-otherwise", select: "{path: seed}", bound: "{equals: 42}",
            more: "requires: {path: metrics.0.count, equals: 401}", holds: false),
        Case(
            name: "required-nowhere", select: "{path: seed}", bound: "{equals: 42}",
            more: "requires: {path: metrics.999.count, at-least: 0}", holds: false),
    ]

    private func claims(_ cases: [Case], command: String = "cat record.json") throws -> AssayProgram {
        let program = try AssayProgram()
        try program.write(try SampleRecord.record.json().canonical, to: "record.json")
        for item in cases {
            let text = """
                name: \(item.name)
                claim: A canned record says so.
                target: as the test states it
                oracle: truth by construction
                command: \(command)
                select: \(item.select)
                bound: \(item.bound)
                point: \(item.isPoint)
                \(item.more)

                """
            try program.write(text, to: "claims/\(item.name).yaml")
        }
        return program
    }

    private func lines(_ output: String) throws -> [String: JSONValue] {
        let values = try output.split(separator: "\n").map { try JSONCoding.parse(Data($0.utf8), subject: "line") }
        return Dictionary(values.map { ($0["claim"]?.string ?? "", $0) }, uniquingKeysWith: { $1 })
    }

    @Test func eachClaimIsJudgedByItsBound() async throws {
        let program = try claims(Self.cases)
        let result = try await program.run(["claims", "--folder", "claims"])
        #expect(result.status == 1, "\(result.errors)")
        let lines = try lines(result.output)
        #expect(lines.count == Self.cases.count)
        for item in Self.cases {
            #expect(
                lines[item.name]?["holds"]?.bool == item.holds, "\(item.name): \(lines[item.name]?.canonical ?? "")")
            #expect(lines[item.name]?["target"]?.string == "as the test states it")
        }
        #expect(lines["vanished-stack"]?["error"]?.string?.contains("3 metrics") == true)
        #expect(lines["sample-below"]?["interval"]?.array?.first?.double == 0.699)
        let otherwise = lines["required-otherwise"]?["error"]?.string
        #expect(otherwise == "'metrics.0.count' is 400, and the claim requires exactly 401")
    }

    @Test func endsWellWhereAllHold() async throws {
        let program = try claims(Self.cases.filter(\.holds))
        #expect(try await program.run(["claims", "--folder", "claims"]).status == 0)
        let only = try await program.run(["claims", "--folder", "claims", "--only", "path"])
        #expect(try lines(only.output).keys.sorted() == ["path", "path-into-list"])
    }

    @Test func aCommandRunsOnceAndIsKeptUntilFresh() async throws {
        let command = "'echo run >> runs.txt; cat record.json'"
        let program = try claims(Self.cases.filter(\.holds), command: command)
        let runs = {
            try String(contentsOfFile: program.file("runs.txt"), encoding: .utf8).split(separator: "\n").count
        }
        _ = try await program.run(["claims", "--folder", "claims"])
        #expect(try runs() == 1)
        _ = try await program.run(["claims", "--folder", "claims"])
        #expect(try runs() == 1)
        _ = try await program.run(["claims", "--folder", "claims", "--fresh"])
        #expect(try runs() == 2)
    }

    @Test func aCommandThatPrintsNoJSONDoesNotHold() async throws {
        let program = try claims([Self.cases[0]], command: "'echo no; exit 5'")
        let result = try await program.run(["claims", "--folder", "claims"])
        #expect(result.status == 1)
        #expect(try lines(result.output)["equal"]?["error"]?.string?.contains("status 5") == true)
    }

    @Test(arguments: [1, 3, 130]) func anEndThatTheClaimDoesNotAllowIsRefused(status: Int) async throws {
        var (allowed, refused) = (Self.cases[0], Self.cases[0])
        // By name the one that allows it is measured first, and what it kept does not serve the other.
        (allowed.name, allowed.more) = ("a-allowed", "status: [0, \(status)]")
        refused.name = "b-refused"
        let program = try claims([allowed, refused], command: "'cat record.json; exit \(status)'")
        for _ in 0..<2 {
            let result = try await program.run(["claims", "--folder", "claims"])
            #expect(result.status == 1, "\(result.errors)")
            let lines = try lines(result.output)
            #expect(lines["a-allowed"]?["holds"]?.bool == true, "\(result.output)")
            #expect(lines["b-refused"]?["holds"]?.bool == false && lines["b-refused"]?["value"] == nil)
            #expect(lines["b-refused"]?["error"]?.string?.contains("ended with status \(status): ") == true)
        }
    }

    @Test(arguments: [
        ("{}", "there is no bound"), ("{equals: 1, at-most: 2}", "an exact number takes no other bound"),
        ("{at-least: 2, at-most: 1}", "it is above at-most"),
    ]) func aBoundThatSaysNothingIsRefused(bound: String, words: String) async throws {
        var item = Self.cases[0]
        item.bound = bound
        let result = try await claims([item]).run(["claims", "--folder", "claims"])
        #expect(result.status == 2 && result.errors.contains(words), "\(result.errors)")
        (item.bound, item.more) = ("{equals: 1}", "requires: {path: seed}")
        let other = try await claims([item]).run(["claims", "--folder", "claims"])
        #expect(other.status == 2 && other.errors.contains("there is no bound"), "\(other.errors)")
    }
}
