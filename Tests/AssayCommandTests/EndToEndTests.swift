import Foundation
import Records
import Testing

/// The main job on real models, data and engines, where they are installed: what the first claims rest on.
@Suite struct EndToEndTests {
    private static let isReady: Bool = {
        let home = ProcessInfo.processInfo.environment["ASSAY_HOME"] ?? NSHomeDirectory() + "/.assay"
        let stacks = (try? FileManager.default.contentsOfDirectory(atPath: home + "/stacks")) ?? []
        return BuiltProgram.folder != nil
            && ["native-", "onnxruntime-", "openvino-"].allSatisfy { engine in
                stacks.contains { $0.hasPrefix(engine) }
            }
    }()

    private func evaluate(_ spec: String, _ options: String = "") async throws -> Record {
        let root = ArchitectureTests.root.path
        let result = try await BuiltProgram.shell(
            "assay evaluate \(spec) --json --quiet --offline \(options)", in: root)
        #expect(result.status == 0, "\(result.output.suffix(2000))")
        return try Record(json: Data(result.output.utf8), subject: spec)
    }

    @Test(.enabled(if: isReady, "the three engines are not installed: assay provision"))
    func squeezeNetSeesPhotosInTheRightAndInTheWrongColours() async throws {
        let wrong = try await evaluate("Workloads/photos/wrong-colours.yaml")
        #expect(wrong.metrics("accuracy.top1.correct").map(\.value) == [9, 9, 9])
        #expect(wrong.metrics("accuracy.top5.correct").map(\.value) == [14, 14, 14])
        let agreement = wrong.metrics("agreement.outputs")
        #expect(agreement.count == 2)
        #expect(agreement.allSatisfy { ($0.value ?? 1) <= 1e-4 })
        #expect(wrong.outcomes.filter { !$0.isCompleted }.isEmpty)
    }

    @Test(.enabled(if: isReady, "the three engines are not installed: assay provision"))
    func theSameSpecGivesTheSameRecordButForTimes() async throws {
        let first = try await evaluate("Workloads/photos/wrong-colours.yaml")
        let second = try await evaluate("Workloads/photos/wrong-colours.yaml")
        let digests = [try first.comparableDigest(), try second.comparableDigest()]
        #expect(digests[0] == digests[1])
        // Another seed is another spec.
        let other = try await evaluate("Workloads/photos/wrong-colours.yaml", "--seed 2")
        let another = try other.comparableDigest()
        #expect(digests[0] != another)
    }
}
