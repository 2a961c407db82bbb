import Foundation
import Records
import TestKit
import Testing

/// `assay load` as users run it, on the engine of known behaviour.
@Suite(.enabled(if: AssayProgram.isBuilt, "\(AssayProgram.absence)"), .timeLimit(.minutes(10)))
struct LoadCommandTests {
    @Test func aRunEndsInARecord() async throws {
        let program = try AssayProgram()
        try program.copyModel("affine")
        let result = try await program.run([
            "load", "affine.onnx", "--engine", "calibration", "--scenario", "single-stream,server", "--rate", "500",
            "--duration", "50ms", "--queries", "64", "--percentile", "90", "--offline", "--json", "--html", "load.html",
        ])
        // An engine that takes no time leaves all of it to the generator, and the program says so.
        #expect(result.status == 1, "\(result.errors)")
        let record = try Record(json: Data(result.output.utf8))
        #expect(record.study == "load")
        let audit = record.verdicts.filter { $0.metric?.name == "load.generator.share" }
        #expect(audit.count == 2 && audit.contains { $0.state == .fails }, "\(audit)")
        #expect(record.metrics("latency.response.p90").count == 2)
        let page = try String(contentsOfFile: program.file("load.html"), encoding: .utf8)
        #expect(page.contains("Response and service time by percentile"))
    }

    /// The counts that the program prints are LoadGen's own, as it answered once; the claim asks it anew.
    @Test func theTableOfQueriesIsThePublishedOne() async throws {
        let result = try await AssayProgram().run(["load", "--queries-table", "--json"])
        #expect(result.status == 0, "\(result.errors)")
        let printed = try JSONDecoder().decode(Table.self, from: Data(result.output.utf8))
        let file = Repository.root.appendingPathComponent("Tests/AssayCommandTests/Goldens/early-stopping.tsv")
        let published = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").filter {
            !$0.hasPrefix("#")
        }
        #expect(published.count == 30 && printed.counts.count == 30)
        for line in published {
            let words = line.split(separator: "\t")
            let row = printed.counts.first {
                $0.percentile == Double(words[0]) && $0.over == Int(words[1])
            }
            #expect(row?.queries == Int(words[2]), "\(line)")
        }
        let plain = try await AssayProgram().run(["load", "--queries-table", "--percentile", "99.99"])
        #expect(plain.status == 0 && plain.output.contains("p99.9 ") && plain.output.contains("12571"))
    }

    private struct Table: Decodable {
        struct Row: Decodable {
            let percentile: Double
            let over: Int
            let queries: Int
        }
        let counts: [Row]
    }
}
