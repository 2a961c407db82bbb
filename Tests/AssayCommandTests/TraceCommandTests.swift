import Foundation
import TestKit
import Testing

/// The program's traces of other programs: read, drawn, and written in every format.
@Suite(.enabled(if: AssayProgram.path != nil, "\(AssayProgram.absence)"), .timeLimit(.minutes(10)))
struct TraceCommandTests {
    private static let chrome = """
        [{"name": "request", "ph": "X", "ts": 1000, "dur": 50, "pid": 1, "tid": 1},
         {"name": "layer", "ph": "X", "ts": 1010, "dur": 20, "pid": 1, "tid": 1}]
        """

    @Test("a Chrome trace goes through every format and comes back")
    func conversions() async throws {
        let program = try AssayProgram()
        try program.write(Self.chrome, to: "a.json")
        var before = "a.json"
        for after in ["b.perfetto", "c.otlp", "d.otlp.json", "e.json"] {
            let result = try await program.run(["trace", "--import", before, "--timeline", after])
            #expect(result.status == 0 && result.errors.isEmpty, "\(after): \(result.errors)")
            #expect(result.output.contains("Timeline: \(after)") && result.output.contains("request"))
            before = after
        }
        let text = try String(contentsOfFile: program.file("e.json"), encoding: .utf8)
        #expect(text.contains(#""name":"layer""#) && text.contains(#""dur":20"#), "\(text)")
        let folded = try await program.run(["trace", "--import", before, "--timeline", "f.folded", "--quiet"])
        #expect(folded.status == 0)
        let stacks = try String(contentsOfFile: program.file("f.folded"), encoding: .utf8)
        #expect(stacks == "request 30000\nrequest;layer 20000\n")
    }

    @Test("the page of a trace is a flame graph and lanes, and runs nothing")
    func page() async throws {
        let program = try AssayProgram()
        try program.write(Self.chrome, to: "a.json")
        let result = try await program.run(["trace", "--import", "a.json", "--html", "a.html"])
        #expect(result.status == 0, "\(result.errors)")
        let page = try String(contentsOfFile: program.file("a.html"), encoding: .utf8)
        #expect(page.contains("class=\"frame\" tabindex=\"0\"") && !page.contains("<script"))
    }

    @Test("a collector that is not there ends with the status of a failed machine")
    func noCollector() async throws {
        let program = try AssayProgram()
        try program.write(Self.chrome, to: "a.json")
        let result = try await program.run(
            ["trace", "--import", "a.json", "--otlp", "http://127.0.0.1:1/v1/traces", "--quiet"])
        #expect(result.status == 3 && result.errors.contains("[export.unreachable]"), "\(result.errors)")
    }
}
