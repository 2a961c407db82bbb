import Foundation
import Records
import TestKit
import Testing

/// Every kind of wrong input ends with the documented status and a message that says what, where and how to mend it.
@Suite(.enabled(if: AssayProgram.isBuilt, "\(AssayProgram.absence)"), .timeLimit(.minutes(10)))
struct BadInputTests {
    @Test(arguments: BadInput.all) func endsWithStatusAndMessage(_ input: BadInput) async throws {
        let program = try AssayProgram()
        try input.prepare(program)
        let result = try await program.run(input.arguments, environment: input.environment(program))
        #expect(result.status == input.status, "\(result.errors)")
        try expectGolden(program.normalized(result.errors), input.name + ".txt")
        if input.status == 2 { #expect(result.output.isEmpty, "\(result.output)") }
    }

    /// The goldens themselves are held to the rule: subject, reason, remedy and code, or usage and a hint at help.
    @Test(arguments: BadInput.all.filter { $0.status == 2 }) func messageSaysHowToMendIt(_ input: BadInput) throws {
        let golden = testFolder("Goldens").appendingPathComponent(input.name + ".txt")
        let text = try String(contentsOf: golden, encoding: .utf8)
        let isUsage = text.contains("Usage: assay") && text.contains("--help")
        #expect(isUsage || (text.contains("\n  to mend it: ") && text.contains("\n  [")), "\(text)")
        for inner in ["Optional(", "SpecMark(", "Error Domain", "Swift."] {
            #expect(!text.contains(inner), "\(text)")
        }
    }

    /// The negative control: what is right ends with 0 and no error.
    @Test func rightInputEndsWell() async throws {
        let program = try AssayProgram()
        try program.copyModel("affine")
        try program.write(ShortEvaluation.spec, to: "spec.yaml")
        let result = try await program.run(["evaluate", "spec.yaml", "--offline", "--json"])
        #expect(result.status == 0 && !result.errors.contains("error"), "\(result.errors)")
    }

    @Test func aFailedEngineLeavesItsRecord() async throws {
        let program = try AssayProgram()
        try program.copyModel("unknown-operator")
        let arguments = ["evaluate", "unknown-operator.onnx", "--offline", "--engine", "native", "--json"]
        let result = try await program.run(arguments)
        #expect(result.status == 3)
        let record = try Record(json: Data(result.output.utf8))
        #expect(record.outcomes.count == 1 && record.outcomes.allSatisfy { !$0.isCompleted })
        let shown = try await program.run(["records", "show", record.id.rawValue, "--json"])
        #expect(shown.status == 0 && shown.output == result.output)
    }

    @Test func aTamperedModelIsRemovedAndNeverRun() async throws {
        let program = try AssayProgram()
        guard let input = BadInput.all.first(where: { $0.name == "wrong-hash-model" }) else { return }
        try input.prepare(program)
        let models = program.home + "/models"
        #expect(try FileManager.default.contentsOfDirectory(atPath: models).count == 1)
        _ = try await program.run(input.arguments)
        #expect(try FileManager.default.contentsOfDirectory(atPath: models).isEmpty)
    }

    @Test func nothingIsInstalledBeforeTheModelIsRead() async throws {
        let program = try AssayProgram()
        // Were an engine looked up, the program would ask this python3 and name the package.
        try FakePython(wheel: "wrong").install(in: program)
        let path = ["PATH": program.file("bin") + ":/usr/bin:/bin"]
        let result = try await program.run(["evaluate", "absent.onnx"], environment: path)
        #expect(result.status == 2 && result.errors.hasPrefix("error: absent.onnx"), "\(result.errors)")
    }
}

/// The shortest evaluation that measures anything.
enum ShortEvaluation {
    static let spec = """
        models: affine.onnx
        stacks: native
        measure: {rounds: 3, duration: 5 ms, warmup: 1 ms, samples: 50}

        """
}
