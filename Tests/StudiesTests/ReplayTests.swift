import Engines
import Foundation
import Graphs
import Records
import Specs
import Studies
import TestKit
import Testing

/// Replays of records of the fake engine, whose behaviour is chosen by an environment variable and by the model file.
@Suite(.timeLimit(.minutes(10))) struct ReplayTests {
    private func fake(_ change: (inout FakeModel) -> Void = { _ in }) -> FakeModel {
        var model = FakeModel()
        change(&model)
        return model
    }

    /// A replay without times, with values changed by place.
    private func changing(_ pairs: [(String, String)] = [], times: Bool = false) -> ReplaySpec {
        var spec = ReplaySpec()
        spec.record = "test"
        spec.set = pairs.map { SpecNamed($0.0, $0.1) }
        spec.times = times
        spec.processes = 4
        return spec
    }

    private func cause(_ replay: RecordArchive) -> String? {
        replay.record.metrics("replay.cause").first?.labels["ingredient"]
    }

    private func share(_ ingredient: String, of observable: String, _ replay: RecordArchive) -> Double? {
        replay.record.metric("replay.share", ["ingredient": ingredient, "observable": observable])?.value
    }

    private func state(_ replay: RecordArchive) -> Verdict.State? { replay.record.verdicts.first?.state }

    // MARK: - Reproduced

    @Test func whatIsTheSameIsReproduced() async throws {
        let bench = try FakeBench(["1": fake(), "2": fake { $0.arithmetic = .double }])
        let archive = try await bench.run(bench.spec(["1", "2"]))
        let exported = try RecordArchive(json: Data(archive.json().canonical.utf8))
        let replay = try await bench.replay(exported, changing(times: true))
        #expect(state(replay) == .holds, "\(replay.record.verdicts)")
        #expect(cause(replay) == nil && replay.record.metrics("replay.bits.differing").first?.value == 0)
        try replay.verify()
    }

    /// What differs by content and has no effect is told, and does not make a difference.
    @Test func decoysDoNotMakeADifference() async throws {
        let bench = try FakeBench(["1": fake()])
        let archive = try await bench.run(bench.spec(["1"]))
        let replay = try await bench.replay(
            archive, changing([("title", "Other"), ("stacks[0].environment.UNUSED", "1"), ("tolerance", "0.01")]))
        #expect(state(replay) == .holds)
        let statement = replay.record.verdicts.first?.statement ?? ""
        #expect(statement.contains("environment.UNUSED changed with no measured effect"), "\(statement)")
        #expect(!statement.contains("title"))
    }

    // MARK: - Causes

    @Test func theOneThatMattersIsNamedAmongDecoys() async throws {
        let bench = try FakeBench(["1": fake(), "2": fake { $0.arithmetic = .double }])
        let archive = try await bench.run(bench.spec(["1"]))
        let replay = try await bench.replay(
            archive,
            changing([
                ("stacks[0].environment.UNUSED", "1"), ("stacks[*].environment.FAKE_VERSION", "2"), ("title", "Other"),
            ]))
        #expect(state(replay) == .fails)
        #expect(cause(replay) == "environment.FAKE_VERSION")
        // max|2x - x| / max|x| is 1 whatever x is.
        #expect(replay.record.metric("replay.outputs.distance")?.value == 1)
        #expect(share("environment.FAKE_VERSION", of: "outputs", replay) == 1)
        #expect(share("environment.UNUSED", of: "outputs", replay) == 0)
    }

    /// The seed draws the inputs where there is no data, so it explains them and what comes of them.
    @Test func theSeedOfRandomInputsIsNamed() async throws {
        let bench = try FakeBench(["1": fake()])
        let archive = try await bench.run(bench.spec(["1"]))
        let replay = try await bench.replay(archive, changing([("seed", "7")]))
        #expect(cause(replay) == "seed" && share("seed", of: "inputs", replay) == 1)
    }

    @Test func anotherModelFileIsNamedAndTheRecordedOneIsFoundByItsHash() async throws {
        let bench = try FakeBench(["1": fake()])
        let archive = try await bench.run(bench.spec(["1"]))
        try bench.write(["1": fake { $0.arithmetic = .double }], to: "other.onnx")
        var spec = changing([("stacks[0].environment.UNUSED", "1")])
        spec.models = [SpecNamed("", "other.onnx")]
        let replay = try await bench.replay(archive, spec)
        #expect(cause(replay) == "model" && share("model", of: "outputs", replay) == 1)
        // Now the recorded file is gone from its place, and is kept elsewhere.
        try bench.write(["1": fake()], to: "kept.onnx")
        try bench.write(["1": fake { $0.arithmetic = .double }], to: "fake.onnx")
        let again = try await bench.replay(archive, changing(), kept: ["kept.onnx"])
        #expect(cause(again) == "model")
        // Nowhere to be had, it is what no swap explains, and the only thing that it can be.
        let lost = try await bench.replay(archive, changing())
        #expect(cause(lost) == "model" && share("rest", of: "outputs", lost) == 1)
        #expect(lost.record.verdicts.first?.statement.contains("cannot be swapped") == true)
    }

    /// Another producer and a note are other bytes, and the same model.
    @Test func namesInAModelFileComputeNothing() async throws {
        let bench = try FakeBench(["1": fake()])
        let archive = try await bench.run(bench.spec(["1"]))
        try bench.write(["1": fake()], to: "renamed.onnx") { $0.producerName = "somebody else" }
        var spec = changing()
        spec.models = [SpecNamed("fake.onnx", "renamed.onnx")]
        let replay = try await bench.replay(archive, spec)
        #expect(state(replay) == .holds)
        #expect(replay.record.notes.contains { $0.contains("only names and notes differ") }, "\(replay.record.notes)")
    }

    @Test func aSlowerVariantIsNamedByItsTimes() async throws {
        let bench = try FakeBench(["1": fake { $0.toldMicroseconds = 300 }, "2": fake { $0.toldMicroseconds = 2000 }])
        let archive = try await bench.run(bench.spec(["1"]))
        let replay = try await bench.replay(
            archive,
            changing([("stacks[0].environment.UNUSED", "1"), ("stacks[0].environment.FAKE_VERSION", "2")], times: true))
        #expect(state(replay) == .fails && cause(replay) == "environment.FAKE_VERSION", "\(replay.record.verdicts)")
        let ratio = try #require(replay.record.metrics("replay.latency.ratio").first?.value)
        #expect(abs(ratio - 2000.0 / 300) < 0.5, "\(ratio)")
    }

    @Test func anEngineThatFailsOnlyHereIsADifference() async throws {
        let bench = try FakeBench(["1": fake(), "2": fake { $0.onRun = .signal(SIGKILL) }])
        let archive = try await bench.run(bench.spec(["1"]))
        let replay = try await bench.replay(archive, changing([("stacks[0].environment.FAKE_VERSION", "2")]))
        #expect(cause(replay) == "environment.FAKE_VERSION")
        #expect(replay.record.outcomes.map(\.state) == [.crashed(signal: SIGKILL)])
    }

    /// The processor cannot be swapped: it is named because nothing else is left.
    @Test func whatCannotBeSwappedIsNamedByExclusion() async throws {
        let bench = try FakeBench(["1": fake()])
        var archive = try await bench.run(bench.spec(["1"]))
        archive.record.machine.processor = "Another processor"
        let outputs = try #require(archive.record.fingerprints.firstIndex { $0.stage == .outputs })
        archive.record.fingerprints[outputs] = Fingerprint(
            .outputs, [Fingerprint.Sample("random inputs, seed 1", SHA256.digest(of: "other"))],
            labels: archive.record.fingerprints[outputs].labels)
        let replay = try await bench.replay(archive, changing())
        #expect(cause(replay) == "processor" && state(replay) == .fails)
    }

    // MARK: - What cannot be told or replayed

    @Test func aRecordWithoutFingerprintsCannotBeJudged() async throws {
        let bench = try FakeBench(["1": fake()])
        var archive = try await bench.run(bench.spec(["1"]))
        archive.record.fingerprints = []
        #expect(state(try await bench.replay(archive, changing())) == .unknown)
    }

    @Test func recordsThatCannotBeReplayedSayWhy() async throws {
        let bench = try FakeBench(["1": fake()])
        let good = try await bench.run(bench.spec(["1"]))
        let changes: [(String, (inout Record) -> Void)] = [
            ("of the study 'bench'", { $0.study = "bench" }), ("interrupted", { $0.isPartial = true }),
            ("is missing", { $0.spec["models"] = nil }),
        ]
        for (words, change) in changes {
            var archive = good
            change(&archive.record)
            let changed = archive
            await #expect {
                try await bench.replay(changed, changing())
            } throws: { error in
                guard let error = error as? StudyError else { return false }
                return error.code == .cannotReplay && error.description.contains(words)
            }
        }
    }

    @Test(arguments: [
        ("stacks[3].threads", "2", "no such place"), ("nowhere.at.all", "1", "no such place"),
        ("a..b", "1", "no place"),
        ("stacks[0].threads", "many", "stacks[0].threads"), ("stacks", "[]", "at least 1"),
    ]) func aChangeThatHasNoPlaceIsRefused(path: String, value: String, words: String) async throws {
        let bench = try FakeBench(["1": fake()])
        let archive = try await bench.run(bench.spec(["1"]))
        await #expect {
            try await bench.replay(archive, changing([(path, value)]))
        } throws: { error in
            (error as? StudyError)?.code == .cannotReplay && "\(error)".contains(words)
        }
    }
}
