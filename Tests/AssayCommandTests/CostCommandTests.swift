import Foundation
import Records
import TestKit
import Testing

/// `assay cost` from the command line to the record.
@Suite(.enabled(if: AssayProgram.isBuilt, "\(AssayProgram.absence)"), .timeLimit(.minutes(5)))
struct CostCommandTests {
    private func record(_ arguments: [String], _ program: AssayProgram) async throws -> Record {
        let result = try await program.run(arguments + ["--json", "--quiet", "--offline"])
        #expect(result.status == 0, "\(result.errors)")
        return try Record(json: Data(result.output.utf8))
    }

    private func value(_ record: Record, _ name: String, _ labels: Labels) -> Double? {
        record.metrics(name).first { metric in labels.allSatisfy { metric.labels[$0.key] == $0.value } }?.value
    }

    @Test func publishedTablesAnswer() async throws {
        let path = Repository.root.appendingPathComponent("Workloads/cost/published.csv").path
        let program = try AssayProgram()
        let best = try await record(["cost", "--table", path], program)
        let problem = ["problem": "PageRank, twitter_rv"]
        #expect(value(best, "cost.least", problem.merging([Label.stack: "GraphLab"]) { $1 }) == 512)
        #expect(value(best, "cost.unbounded", problem.merging([Label.stack: "GraphX"]) { $1 }) == 1)
        #expect(best.exhibits.count == 5 && best.study == "cost")
        let shown = try await program.run(["cost", "--table", path, "--quiet"])
        #expect(shown.output.contains("unbounded up to 128 cores") && shown.output.contains("512 cores"))
    }

    /// The calibration engine spins for a known time, so that one worker cannot make up for a factor of forty,
    /// and five processes see it whatever else the machine does.
    @Test func knownLatenciesAnswer() async throws {
        let program = try AssayProgram()
        try program.copyModel("affine")
        let slow = try await record(
            [
                "cost", "affine.onnx", "--engine", "calibration{latency=40ms}", "--against",
                "calibration{latency=1ms}", "--threads", "1", "--processes", "5",
            ], program)
        #expect(slow.metrics("cost.unbounded").map(\.value) == [1], "\(slow.metrics)")
        // The other way round it beats the single thread by itself.
        let fast = try await record(
            [
                "cost", "affine.onnx", "--engine", "calibration{latency=1ms}", "--against",
                "calibration{latency=40ms}", "--threads", "1", "--processes", "5",
            ], program)
        #expect(fast.metrics("cost.least").map(\.value) == [1], "\(fast.metrics)")
    }
}
