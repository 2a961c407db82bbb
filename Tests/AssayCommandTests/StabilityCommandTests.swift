import Foundation
import Records
import TestKit
import Testing

/// `assay stability` as users run it, on the engine of known behaviour.
@Suite(.enabled(if: AssayProgram.isBuilt, "\(AssayProgram.absence)"), .timeLimit(.minutes(10)))
struct StabilityCommandTests {
    /// The engine answers zeros whatever it is asked, on one thread.
    @Test func aRunEndsInARecord() async throws {
        let program = try AssayProgram()
        try program.copyModel("affine")
        let result = try await program.run([
            "stability", "affine.onnx", "--engine", "calibration{latency=100us}", "--threads", "1,2", "--samples", "3",
            "--duration", "50ms", "--offline", "--json", "--html", "stability.html",
        ])
        #expect(result.status == 0, "\(result.errors)")
        let record = try Record(json: Data(result.output.utf8))
        #expect(record.study == "stability" && record.outcomes.count == 2)
        #expect(record.verdicts.allSatisfy { $0.question == .itself && $0.state == .holds }, "\(record.verdicts)")
        #expect(record.metrics("stability.identical").map(\.value) == [1])
        #expect(record.notes.contains { $0.contains("2 threads were asked, 1 in force") }, "\(record.notes)")
        let page = try String(contentsOfFile: program.file("stability.html"), encoding: .utf8)
        #expect(page.contains("Every cell against the reference") && page.contains("Known pitfalls, cell by cell"))
    }

    @Test func aSpecSaysTheSame() async throws {
        let program = try AssayProgram()
        try program.copyModel("affine")
        try program.write(
            "model: affine.onnx\nstacks: [calibration]\nthreads: []\nbatches: [1]\nsamples: 2\nduration: 0 s\n",
            to: "stability.yaml")
        let result = try await program.run(["stability", "stability.yaml", "--optimizations", "all,none", "--json"])
        #expect(result.status == 0, "\(result.errors)")
        let record = try Record(json: Data(result.output.utf8))
        #expect(Set(record.outcomes.compactMap { $0.labels["optimization"] }) == ["all", "none"])
        #expect(record.metrics("stability.time").isEmpty)
        let schema = try await program.run(["schema", "stability"])
        #expect(schema.status == 0 && schema.output.contains("assay.stability/1"))
    }
}
