import Assets
import Foundation
import Records
import Studies
import TestKit
import Testing

/// What becomes of samples that cannot be read: by choice an error, or an answer that is missing.
@Suite(.timeLimit(.minutes(10))) struct UnreadableSampleTests {
    /// Three sounds of four samples, whose loudest sample is their label; the last one is no sound.
    private func bench(_ policy: Loader.Policy) throws -> (FakeBench, EvaluateSpec) {
        var model = FakeModel()
        model.shape = [-1, 4]
        let bench = try FakeBench(["1": model])
        let files: [(String, Data)] = [
            ("a-1.wav", WaveFile.bytes([0, 900, 10, -3])), ("b-3.wav", WaveFile.bytes([5, 6, 7, 800])),
            ("c-0.wav", Data("silence".utf8)),
        ]
        for (name, bytes) in files { try bytes.write(to: URL(fileURLWithPath: bench.file(name))) }
        var spec = bench.spec(["1"])
        var data = DataSpec(LabelledNames(path: ".", pattern: "*-{label}.wav", classCount: 4))
        data.unreadable = policy
        spec.data = data
        spec.models[0].preprocess = Pipeline([
            DecodeAudio(channels: .first, sampleRate: 8000), FrameAudio(length: 4, step: 4),
        ])
        spec.models[0].joining = .concatenate
        spec.task = .classification(TaskSpec.ClassificationSpec())
        spec.measure.enabled = false
        return (bench, spec)
    }

    @Test func anUnreadableSampleStopsTheStudy() async throws {
        let (bench, spec) = try bench(.fail)
        do {
            _ = try await bench.run(spec)
            Issue.record("it went on")
        } catch let error as AssetError {
            #expect(error.subject.contains("c-0.wav"), "\(error)")
        }
    }

    @Test func anUnansweredSampleCountsAsWrong() async throws {
        let (bench, spec) = try bench(.unanswered)
        let record = try await bench.run(spec).record
        let top1 = try #require(record.metric("accuracy.top1"))
        #expect(top1.count == 3)
        #expect(abs((top1.value ?? 0) - 2.0 / 3) < 1e-12)
        #expect(record.metric("accuracy.top1.correct")?.value == 2)
        #expect(record.notes.contains { $0.contains("c-0.wav") })
    }

    /// The negative control: without the broken file all are right.
    @Test func readableSamplesAreAllRight() async throws {
        var (bench, spec) = try bench(.fail)
        spec.data?.only = ["1", "3"]
        let record = try await bench.run(spec).record
        #expect(record.metric("accuracy.top1")?.value == 1)
        #expect(record.metric("accuracy.top1")?.count == 2)
    }
}
