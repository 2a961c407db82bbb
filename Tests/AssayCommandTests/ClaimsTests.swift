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
}
