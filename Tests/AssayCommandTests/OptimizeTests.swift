import Assets
import Foundation
import Records
import Testing

/// `assay optimize` from the outside.
@Suite(.enabled(if: AssayProgram.path != nil, "\(AssayProgram.absence)"), .timeLimit(.minutes(10)))
struct OptimizeTests {
    @Test func writesTheResultAndComparesIt() async throws {
        let program = try AssayProgram()
        try program.copyModel("affine")
        let result = try await program.run([
            "optimize", "affine.onnx", "--check", "--engine", "native", "--offline", "--quiet", "-o", "smaller.onnx",
        ])
        #expect(result.status == 0, "\(result.errors)")
        #expect(FileManager.default.fileExists(atPath: program.file("smaller.onnx")))
        let again = try await program.run(["inspect", "smaller.onnx", "--json"])
        #expect(again.status == 0, "\(again.errors)")
    }

    @Test func doesNotTakeThePlaceOfTheModelUnasked() async throws {
        let program = try AssayProgram()
        try program.copyModel("affine")
        let before = try Data(contentsOf: URL(fileURLWithPath: program.file("affine.onnx")))
        let refused = try await program.run(["optimize", "affine.onnx", "--offline", "--quiet", "-o", "./affine.onnx"])
        #expect(refused.status == 2 && refused.errors.contains("command.overwrite"), "\(refused.errors)")
        #expect(try Data(contentsOf: URL(fileURLWithPath: program.file("affine.onnx"))) == before)
        let forced = try await program.run([
            "optimize", "affine.onnx", "--offline", "--quiet", "-o", "affine.onnx", "--force",
        ])
        #expect(forced.status == 0, "\(forced.errors)")
    }

    @Test func mistakesInNamesOfPassesAreNamed() async throws {
        let program = try AssayProgram()
        try program.copyModel("affine")
        let result = try await program.run(["optimize", "affine.onnx", "--without", "gelus", "--offline"])
        #expect(result.status == 2 && result.errors.contains("did you mean 'gelu'?"), "\(result.errors)")
        #expect(try await program.run(["optimize"]).status == 2)
        #expect(
            try await program.run(["optimize", "affine.onnx", "--passes", "gelu", "--without", "gelu"]).status == 2)
    }

    @Test func listsThePasses() async throws {
        let result = try await AssayProgram().run(["optimize", "--list"])
        #expect(result.status == 0 && result.output.contains("constant-folding"))
    }

    @Test func soaksRandomGraphsAndWritesThem() async throws {
        let program = try AssayProgram()
        let result = try await program.run([
            "optimize", "--soak", "3", "--seed", "5", "--orders", "2", "--write", "graphs", "--json", "--quiet",
        ])
        #expect(result.status == 0, "\(result.errors)")
        let summary = try JSONCoding.parse(Data(result.output.utf8), subject: "soak")
        #expect(summary["models"]?.double == 3 && summary["findings"]?.double == 0)
        #expect(try FileManager.default.contentsOfDirectory(atPath: program.file("graphs")).count == 6)
    }
}
