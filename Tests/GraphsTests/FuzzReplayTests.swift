import Foundation
import Graphs
import Tensors
import TestKit
import Testing

/// The fuzz target's inputs and thousands of seeded mutations, in the ordinary tests.
@Suite("Hostile bytes")
struct FuzzReplayTests {
    /// What Fuzz/ONNXReader does with an input; says what went wrong, if anything did.
    private static func exercise(_ bytes: Bytes) -> String? {
        let limits = ReadLimits(maximumDecodedBytes: 16 << 20)
        let model: Model
        do throws(GraphError) {
            model = try Model(bytes: bytes, baseDirectory: testFolder("Fixtures").path, limits: limits)
        } catch {
            return error.reason.isEmpty || error.subject.isEmpty ? "an error without reason or place" : nil
        }
        _ = model.canonicalText
        let isValid = model.problems(limit: 1).isEmpty
        do throws(GraphError) {
            let again = try Model(bytes: model.serialized())
            if again != model { return "the round trip changed the model" }
        } catch { return "what was read cannot be written and read again: \(error)" }
        let inlining = InliningLimits(maximumNodes: 2000, maximumDepth: 32, maximumNameBytes: 1 << 20)
        if isValid, let inlined = try? model.inlined(limits: inlining), let problem = inlined.problems(limit: 1).first {
            return "inlining broke a valid model: \(problem)"
        }
        return nil
    }

    private static func seeds() throws -> [(String, Bytes)] {
        let corpus = testFolder("../../Fuzz/ONNXReader/corpus")
        let folders = [corpus, testFolder("Fixtures")]
        return try folders.flatMap { folder in
            try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
                .sorted { $0.path < $1.path }
                .map { ($0.lastPathComponent, Bytes(copying: try Data(contentsOf: $0))) }
        }
    }

    @Test("The corpus of the fuzzer")
    func corpus() throws {
        let seeds = try Self.seeds()
        #expect(seeds.count > 50)
        for (name, bytes) in seeds { #expect(Self.exercise(bytes) == nil, "\(name)") }
    }

    @Test("Seeded mutations of models: flipped bits, lies in lengths, cuts, copies", arguments: 0..<8)
    func mutations(part: Int) throws {
        let models = try Self.seeds().filter { $0.0.hasSuffix(".onnx") }
        for number in 0..<500 {
            let seed = UInt64(part * 500 + number)
            var generator = SplitMix64(seed: seed)
            let (name, bytes) = models[generator.integer(in: 0...models.count - 1)]
            let mutated = Mutation.of(bytes.array, using: &generator)
            let finding = Self.exercise(Bytes(copying: mutated))
            #expect(finding == nil, "\(name), seed \(seed)")
        }
    }
}
