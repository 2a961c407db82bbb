import Foundation
import Records
import TestKit
import Testing

/// `assay compare` and `assay gate` as users run them.
@Suite(.enabled(if: AssayProgram.isBuilt, "\(AssayProgram.absence)"), .timeLimit(.minutes(10)))
struct CompareCommandTests {
    private static let heavy = [
        "compare", "--side", "affine.onnx native name=plain", "--side", "affine.onnx native name=heavy addedWork=4",
        "--seconds", "90", "--quiet", "--offline",
    ]

    private func program() throws -> AssayProgram {
        let program = try AssayProgram()
        try program.copyModel("affine")
        return program
    }

    @Test func aGateThatFailsEndsWithOne() async throws {
        let program = try program()
        let result = try await program.run(
            Self.heavy + ["--gate", "latency.median <= 1.5", "--junit", "gates.xml", "--json"])
        #expect(result.status == 1, "\(result.errors)")
        let record = try Record(json: Data(result.output.utf8))
        #expect(record.study == "compare" && record.exhibits.contains { $0.name == "gates" })
        let xml = try String(contentsOfFile: program.file("gates.xml"), encoding: .utf8)
        #expect(xml.contains("<failure ") && xml.contains("classname=\"heavy\""), "\(xml)")
    }

    @Test func aGateThatHoldsEndsWithZero() async throws {
        let program = try program()
        let result = try await program.run(Self.heavy + ["--gate", "latency.median <= 40"])
        #expect(result.status == 0, "\(result.errors)\(result.output)")
    }

    @Test func recordsAreComparedFromFiles() async throws {
        let program = try program()
        try program.write(ShortEvaluation.spec, to: "spec.yaml")
        for name in ["a.json", "b.json"] {
            let made = try await program.run(["evaluate", "spec.yaml", "--offline", "--quiet", "--out", name])
            #expect(made.status == 0, "\(made.errors)")
        }
        let result = try await program.run(["compare", "a.json", "b.json", "--json"])
        #expect(result.status == 0, "\(result.errors)")
        let record = try Record(json: Data(result.output.utf8))
        #expect(record.notes.contains { $0.contains("not made side by side") })
        #expect(record.metrics("latency.median.ratio").count == 1)
    }

    @Test func aSideAgainstItselfIsCounted() async throws {
        let program = try program()
        let result = try await program.run([
            "compare", "affine.onnx", "--engine", "native", "--seconds", "3", "--self-trials", "2", "--quiet",
            "--offline",
        ])
        #expect(result.status == 0, "\(result.errors)")
        let found = try JSONCoding.parse(Data(result.output.utf8), subject: "output")
        #expect(found["count"]?.int == 2 && found["trials"]?.array?.count == 2)
    }

    @Test func candidatesRunBesideTheBaselineOfAGateFile() async throws {
        let program = try program()
        try program.write(
            """
            evaluate: {models: affine.onnx, stacks: native, contest: 0 s, measure: {rounds: 2, duration: 20 ms}}
            gates: {fast: latency.median <= 40}
            baseline: {stack: {engine: native, flushDenormals: false}, budget: 60 s, processes: 2}
            """, to: "gates.yaml")
        let result = try await program.run([
            "gate", "gates.yaml", "--offline", "--quiet", "--junit", "gates.xml", "--out", "gate.json",
        ])
        #expect(result.status == 0, "\(result.errors)\(result.output)")
        #expect(result.output.contains("Gates: 1 holds: exit code 0"))
        let record = try RecordArchive(
            json: Data(contentsOf: URL(fileURLWithPath: program.file("gate.json"))), subject: "gate.json"
        ).record
        #expect(
            record.metrics("latency.median.ratio").contains { $0.labels["against"]?.hasPrefix("baseline") ?? false })
        let xml = try String(contentsOfFile: program.file("gates.xml"), encoding: .utf8)
        #expect(xml.contains("of baseline native") && xml.contains("failures=\"0\""), "\(xml)")
    }

    @Test func aGateFileIsStartedAndKept() async throws {
        let program = try program()
        let started = try await program.run([
            "gate", "--init", "affine.onnx", "--engine", "native", "--offline", "--quiet",
        ])
        #expect(started.status == 0, "\(started.errors)")
        let again = try await program.run(["gate", "--init", "affine.onnx", "--engine", "native", "--offline"])
        #expect(again.status == 2 && again.errors.contains("there is such a file already"))
        let held = try await program.run([
            "gate", "--undecided", "pass", "--quiet", "--offline", "--junit", "gates.xml",
        ])
        // On a busy machine a bound of time may not be kept; what the file says is carried out either way.
        #expect([0, 1].contains(held.status), "\(held.errors)")
        #expect(held.output.contains("Gates") && FileManager.default.fileExists(atPath: program.file("gates.xml")))
    }
}
