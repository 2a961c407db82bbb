import Foundation
import Records
import TestKit
import Testing

/// `--json` prints one document and nothing else, in the published form.
@Suite(.enabled(if: AssayProgram.isBuilt, "\(AssayProgram.absence)"), .timeLimit(.minutes(10)))
struct JSONOutputTests {
    private func evaluated(_ options: [String]) async throws -> (AssayProgram, AssayProgram.Result) {
        let program = try AssayProgram()
        try program.copyModel("affine")
        try program.write(ShortEvaluation.spec, to: "spec.yaml")
        return (program, try await program.run(["evaluate", "spec.yaml", "--offline"] + options))
    }

    @Test func evaluatePrintsOneRecord() async throws {
        let (_, result) = try await evaluated(["--json"])
        #expect(result.status == 0)
        // Foundation's parser, which is not of our making, takes one document and refuses anything after it.
        let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
        #expect(object?["schema"] as? String == "assay.record/1")
        let schemaFile = Repository.root.appendingPathComponent("Documentation/Schemas/record.schema.json")
        let schema = try JSONSerialization.jsonObject(with: Data(contentsOf: schemaFile)) as? [String: Any]
        let definitions = schema?["$defs"] as? [String: [String: Any]]
        let required = try #require(definitions?["record"]?["required"] as? [String])
        #expect(!required.isEmpty && required.allSatisfy { object?[$0] != nil })
        let record = try Record(json: Data(result.output.utf8))
        // On a busy machine so few runs may be worth too few independent ones for an interval; then the reason stands there.
        let median = try #require(record.metric("latency.median"))
        #expect(median.value.map { $0 > 0 } ?? median.description.contains("too few"), "\(median)")
        #expect(median.value == nil || record.series.first { $0.name == "latency" }?.count == median.count)
    }

    /// The negative control of the parser: two documents are not one.
    @Test func twoDocumentsAreRefused() async throws {
        let (_, result) = try await evaluated(["--json"])
        #expect(throws: (any Error).self) {
            try JSONSerialization.jsonObject(with: Data((result.output + result.output).utf8))
        }
    }

    @Test func quietShowsNoProgress() async throws {
        let (program, quiet) = try await evaluated(["--json", "--quiet"])
        #expect(program.normalized(quiet.errors).isEmpty, "\(quiet.errors)")
        let (other, loud) = try await evaluated(["--json"])
        #expect(other.normalized(loud.errors).contains("affine"))
    }

    @Test func aFixedSeedGivesTheSameRecord() async throws {
        let digests = try await [["--seed", "7"], ["--seed", "7"], ["--seed", "8"]].asyncMap { options in
            let (_, result) = try await self.evaluated(["--json"] + options)
            return try Record(json: Data(result.output.utf8)).comparableDigest()
        }
        #expect(digests[0] == digests[1])
        #expect(digests[0] != digests[2])
    }

    @Test func inspectPrintsJSON() async throws {
        let program = try AssayProgram()
        try program.copyModel("affine")
        let result = try await program.run(["inspect", "affine.onnx", "--json"])
        #expect(result.status == 0 && result.errors.isEmpty)
        let value = try JSONCoding.parse(Data(result.output.utf8), subject: "inspect")
        // Weights of 3 x 2 and a bias of 2.
        #expect(value["parameters"]?.double == 8)
        // A product of 2x3 and 3x2 is 2 * 2 * 3 * 2 operations, the sum 4 more.
        #expect(value["operations"]?.double == 28)
    }

    @Test func runPrintsAndWritesOutputs() async throws {
        let program = try AssayProgram()
        try program.copyModel("square")
        let arguments = ["run", "square.onnx", "--offline", "--input", "x=-3", "--output", "out"]
        let result = try await program.run(arguments)
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output.hasPrefix("y: f32[scalar] 9.00\n"), "\(result.output)")
        let written = try Data(contentsOf: URL(fileURLWithPath: program.file("out/y.npy")))
        // The nine as little-endian binary32, at the end of the file.
        #expect(Array(written.suffix(4)) == [0, 0, 0x10, 0x41])
    }

    @Test func hallmarkWritesPageAndEvidence() async throws {
        let program = try AssayProgram()
        try program.copyModel("affine")
        let result = try await program.run(["affine.onnx", "--offline", "--engine", "native", "--quiet"])
        #expect(result.status == 0, "\(result.errors)")
        let pages = try FileManager.default.contentsOfDirectory(atPath: program.folder.path).filter {
            $0.hasSuffix(".html")
        }
        #expect(pages.count == 2 && pages.contains("affine-hallmark.html"))
        #expect(result.output.contains("not measured"))
    }
}

extension Array {
    /// Transforms one element after the other.
    fileprivate func asyncMap<Result>(_ transform: (Element) async throws -> Result) async rethrows -> [Result] {
        var results: [Result] = []
        for element in self { results.append(try await transform(element)) }
        return results
    }
}
