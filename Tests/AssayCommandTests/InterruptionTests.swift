import Foundation
import Records
import TestKit
import Testing

/// Ctrl-C ends a study with 130 and keeps what was measured.
@Suite(.enabled(if: AssayProgram.isBuilt, "\(AssayProgram.absence)"), .timeLimit(.minutes(10)))
struct InterruptionTests {
    @Test(arguments: [SIGINT, SIGTERM]) func keepsThePartialRecord(signal: Int32) async throws {
        // How long the first round takes depends on the machine's load: the signal comes later until it finds one.
        for seconds in [1, 4, 16] {
            let kept = try await samplesKept(signal, after: .seconds(seconds))
            guard kept == 0 else {
                #expect(kept < 1_000_000)
                return
            }
        }
        Issue.record("no round was kept in 16 s")
    }

    /// Trials that were counted before the signal are printed, and the status says that there are fewer than asked for.
    @Test func countsTheTrialsSoFar() async throws {
        let program = try AssayProgram()
        try program.copyModel("affine")
        let asked = 100_000
        let running = try program.start([
            "compare", "affine.onnx", "--engine", "native", "--seconds", "2", "--self-trials", "\(asked)", "--offline",
        ])
        for _ in 0..<1200 where !running.errors.contains("1 of \(asked): ") {
            try await Task.sleep(for: .milliseconds(50))
        }
        kill(running.identifier, SIGINT)
        let result = try await running.result()
        #expect(result.status == 130, "\(result.errors)")
        let found = try JSONCoding.parse(Data(result.output.utf8), subject: "output")
        let count = try #require(found["count"]?.int)
        #expect((1..<asked).contains(count) && found["trials"]?.array?.count == count)
    }

    /// Interrupts an evaluation so long after it began; gives how many samples its record holds.
    private func samplesKept(_ signal: Int32, after pause: Duration) async throws -> Int {
        let program = try AssayProgram()
        try program.copyModel("affine")
        // Without the signal it would take the better part of an hour.
        try program.write(
            "models: affine.onnx\nstacks: native\nmeasure: {rounds: 10000, duration: 300 ms, samples: 100}\n",
            to: "spec.yaml")
        let running = try program.start(["evaluate", "spec.yaml", "--offline", "--json"])
        for _ in 0..<400 where !running.errors.contains("affine\n") { try await Task.sleep(for: .milliseconds(50)) }
        try await Task.sleep(for: pause)
        kill(running.identifier, signal)
        let result = try await running.result()
        #expect(result.status == 130, "\(result.errors)")
        #expect(result.errors.contains("interrupted: keeping what was measured"))
        let list = try await program.run(["records", "list", "--json"])
        let summaries = try JSONCoding.parse(Data(list.output.utf8), subject: "list").array ?? []
        #expect(summaries.count == 1 && summaries.first?["isPartial"]?.bool == true, "\(list.output)")
        let record = try Record(json: Data(result.output.utf8))
        #expect(record.isPartial)
        return record.series.first { $0.name == "latency" }?.count ?? 0
    }
}
