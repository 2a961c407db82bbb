import Engines
import Foundation
import Records
import Specs
import Studies
import TestKit
import Testing
import Timelines

/// Replays of the kinds of records that keep figures and no outputs, on the fake engine, whose times are known.
@Suite(.serialized, .timeLimit(.minutes(10))) struct ReplayKindsTests {
    private func told(_ microseconds: Int) -> FakeModel {
        var model = FakeModel()
        model.toldMicroseconds = microseconds
        return model
    }

    private func sleeping(_ microseconds: Int) -> FakeModel {
        var model = FakeModel()
        model.runMicroseconds = microseconds
        return model
    }

    private func changing(_ pairs: [(String, String)] = []) -> ReplaySpec {
        var spec = ReplaySpec()
        spec.record = "test"
        spec.set = pairs.map { SpecNamed($0.0, $0.1) }
        spec.processes = 2
        spec.budget = .seconds(1)
        return spec
    }

    private func cause(_ replay: RecordArchive) -> String? {
        replay.record.metrics("replay.cause").first?.labels["ingredient"]
    }

    private func refused(_ archive: RecordArchive, _ spec: ReplaySpec, _ bench: FakeBench, _ words: String) async {
        await #expect {
            try await bench.replay(archive, spec)
        } throws: { error in
            (error as? StudyError)?.code == .cannotReplay && "\(error)".contains(words)
        }
    }

    // MARK: - Comparisons

    /// Versions of 1, 2 and 4 ms; the comparison is of the first two.
    private func compared() async throws -> (FakeBench, RecordArchive) {
        let bench = try FakeBench(["1": told(1000), "2": told(2000), "3": told(4000)])
        var spec = CompareSpec()
        spec.sides = ["1", "2"].map { CompareSide("fake.onnx", StackRequest.fake($0)) }
        // Two processes tell everything where times are told, however long they take to start.
        spec.processes = 2
        spec.rounds = 2
        spec.burst = .milliseconds(1)
        spec.warmup = .milliseconds(1)
        spec.precision = 0.5
        spec.budget = .seconds(300)
        spec.limits.start = .seconds(300)
        return (bench, try await bench.run(spec).archive)
    }

    @Test func aComparisonComesOutAgain() async throws {
        let (bench, archive) = try await compared()
        let replay = try await bench.replay(try RecordArchive(json: Data(archive.json().canonical.utf8)), changing())
        #expect(replay.record.verdicts.first?.state == .holds, "\(replay.record.verdicts)")
        #expect(cause(replay) == nil)
        let ratio = try #require(
            replay.record.metric("replay.figure.session", ["figure": "latency.median.ratio"])?.value)
        #expect(abs(ratio - 1) < 0.05)
        #expect(replay.record.exhibits.contains { $0.name == "times" })
        try replay.verify()
    }

    /// The second side takes twice the time in its other version, so every ratio doubles.
    @Test func theChangedSideOfAComparisonIsNamedAmongDecoys() async throws {
        let (bench, archive) = try await compared()
        let replay = try await bench.replay(
            archive,
            changing([
                ("sides[1].stack.environment.FAKE_VERSION", "3"), ("sides[*].stack.environment.UNUSED", "1"),
                ("title", "Other"),
            ]))
        #expect(replay.record.verdicts.first?.state == .fails, "\(replay.record.verdicts)")
        #expect(cause(replay) == "environment.FAKE_VERSION")
        let ratio = try #require(replay.record.metric("replay.figure.ratio", ["figure": "latency.median.ratio"])?.value)
        #expect(abs(ratio - 2) < 0.1)
        let share = replay.record.metric(
            "replay.share", ["observable": "figures", "ingredient": "environment.FAKE_VERSION"])
        #expect(abs((share?.value ?? 0) - 1) < 0.1)
    }

    /// Both sides share their day, so a ratio that is another one is told without anything to swap; it is left to what cannot be.
    @Test func anotherRatioDiffersAndIsNamedByExclusion() async throws {
        let (bench, made) = try await compared()
        var archive = made
        let place = try #require(archive.record.metrics.firstIndex { $0.name == "latency.median.ratio" })
        let old = archive.record.metrics[place]
        archive.record.metrics[place] = Metric(
            old.name, (old.value ?? 0) * 1.5, .ratio, labels: old.labels, varies: true)
        archive.record.machine.processor = "Another processor"
        // What has no effect does not hide it.
        for changes in [[], [("sides[0].stack.environment.UNUSED", "1")]] {
            let replay = try await bench.replay(archive, changing(changes))
            #expect(
                replay.record.verdicts.first?.state == .fails && cause(replay) == "processor",
                "\(replay.record.verdicts)")
        }
    }

    // MARK: - Load, COST, traces

    @Test func aSlowerEngineUnderLoadIsNamed() async throws {
        let bench = try FakeBench(["1": sleeping(2000), "2": sleeping(12_000)])
        var spec = LoadSpec()
        spec.model = "fake.onnx"
        spec.stacks = [StackRequest.fake("1")]
        spec.duration = .milliseconds(20)
        spec.warmup = .milliseconds(2)
        spec.queries = 32
        spec.percentile = 90
        spec.lateness = 1
        let archive = try await bench.run(spec)
        let replay = try await bench.replay(archive, changing([("stacks[0].environment.FAKE_VERSION", "2")]))
        #expect(replay.record.verdicts.first?.state == .fails, "\(replay.record.verdicts)")
        #expect(cause(replay) == "environment.FAKE_VERSION")
        let figure = try #require(
            replay.record.metric("replay.figure.ratio", ["figure": "load.throughput"])?.value)
        #expect(figure < 0.5)
        // The same once more is not another one, whatever a busy machine does to its tails.
        let same = try await bench.replay(archive, changing())
        #expect(same.record.verdicts.first?.state != .fails, "\(same.record.verdicts)")
        var asked = changing()
        asked.times = false
        await refused(archive, asked, bench, "depends on time")
    }

    @Test func aCostComesOutAgain() async throws {
        let bench = try FakeBench(["1": told(4000), "2": told(8000)])
        var spec = CostSpec()
        spec.model = "fake.onnx"
        spec.stacks = [StackRequest.fake("2")]
        spec.against = [StackRequest.fake("1")]
        spec.threads = [1]
        spec.workers = [1]
        spec.processes = 2
        spec.rounds = 2
        spec.burst = .milliseconds(40)
        spec.warmup = .milliseconds(4)
        let archive = try await bench.run(spec)
        let replay = try await bench.replay(archive, changing([("burst", "50 ms")]))
        #expect(replay.record.verdicts.first?.state == .holds, "\(replay.record.verdicts)")
        let other = try await bench.replay(archive, changing([("stacks[0].environment.FAKE_VERSION", "1")]))
        #expect(cause(other) == "environment.FAKE_VERSION", "\(other.record.verdicts)")
    }

    @Test func aTraceComesOutAgain() async throws {
        let bench = try FakeBench(["1": told(4000)])
        var spec = TraceSpec()
        spec.evaluation = bench.spec(["1"])
        spec.levels = [.model]
        spec.rounds = 2
        spec.processes = 2
        spec.burst = .milliseconds(10)
        spec.warmup = .milliseconds(1)
        spec.runs = 20
        let replay = try await bench.replay(try await bench.run(spec).archive, changing())
        #expect(replay.record.verdicts.first?.state == .holds, "\(replay.record.verdicts)")
        #expect(cause(replay) == nil)
        let ratio = try #require(replay.record.metric("replay.figure.session", ["figure": "latency.median"])?.value)
        #expect((0.99...1.01).contains(ratio), "\(ratio)")
    }

    // MARK: - Stability

    private func stability(_ bench: FakeBench, threads: [Int] = [1]) async throws -> RecordArchive {
        var spec = StabilitySpec()
        spec.model = "fake.onnx"
        spec.stacks = ["1", "2"].map { StackRequest.fake($0) }
        spec.threads = threads
        spec.samples = 4
        spec.duration = .zero
        return try await bench.run(spec)
    }

    private func stabilityBench() throws -> FakeBench {
        var (plain, other) = (FakeModel(), FakeModel())
        plain.shape = [-1, 5]
        other.shape = [-1, 5]
        other.perturbation = .ulps(3)
        return try FakeBench(["1": plain, "2": plain, "3": other])
    }

    @Test func aStabilityComesOutAgain() async throws {
        let bench = try stabilityBench()
        let archive = try await stability(bench, threads: [1, 2])
        let replay = try await bench.replay(try RecordArchive(json: Data(archive.json().canonical.utf8)), changing())
        #expect(replay.record.verdicts.first?.state == .holds, "\(replay.record.verdicts)")
        #expect(cause(replay) == nil)
    }

    @Test func theStackThatGivesOtherBitsIsNamedAmongDecoys() async throws {
        let bench = try stabilityBench()
        let replay = try await bench.replay(
            try await stability(bench),
            changing([
                ("stacks[1].environment.FAKE_VERSION", "3"), ("stacks[*].environment.UNUSED", "1"),
                ("tolerance", "0.5"), ("threads[0]", "2"),
            ]))
        #expect(replay.record.verdicts.first?.state == .fails, "\(replay.record.verdicts)")
        #expect(cause(replay) == "environment.FAKE_VERSION")
    }

    // MARK: - What cannot be replayed

    @Test(arguments: [
        ("bench", "assay bench"), ("gate", "assay gate FILE"), ("selftest", "assay selftest"),
        ("optimize", "assay optimize"), ("replay", "the record that it replayed"), ("elsewhere", "'assay load'"),
    ]) func otherKindsSayWhatCanBeDone(study: String, words: String) async throws {
        let bench = try FakeBench(["1": told(1000)])
        var archive = try await bench.run(bench.spec(["1"]))
        archive.record.study = study
        await refused(archive, changing(), bench, words)
    }

    @Test func recordsForWhichNothingWasRunSaySo() async throws {
        let (bench, archive) = try await compared()
        var other = archive
        other.record.spec["sides"] = .array([])
        await refused(other, changing(), bench, "assay compare A.json B.json")
        other.record.study = "cost"
        other.record.spec = .object(["table": .string("published.csv")])
        await refused(other, changing(), bench, "assay cost --table published.csv")
        other = archive
        other.record.ingredients = []
        await refused(other, changing(), bench, "lists 0 model files for 1 model")
        await refused(
            archive, changing([("sides[7].stack.threads", "2")]), bench, "no such place")
    }

    @Test func moreChangesThanCanBeToldApartAreRefused() async throws {
        let bench = try FakeBench(["1": told(1000)])
        let archive = try await bench.run(bench.spec(["1"]))
        let changes = (0..<70).map { ("stacks[0].environment.VARIABLE_\($0)", "1") }
        await refused(archive, changing(changes), bench, "at most 60")
    }

    /// Equal numbers of the first samples say nothing of those after them.
    @Test func bitsBeyondTheKeptNumbersAreADifference() async throws {
        let bench = try FakeBench(["1": told(1000)])
        var archive = try await bench.run(bench.spec(["1"]))
        let place = try #require(archive.record.fingerprints.firstIndex { $0.stage == .outputs })
        archive.record.fingerprints[place].digest = SHA256.digest(of: "another sample, further on")
        archive.record.machine.processor = "Another processor"
        var spec = changing()
        spec.times = false
        let replay = try await bench.replay(archive, spec)
        #expect(replay.record.metric("replay.outputs.distance")?.value == 0)
        #expect(replay.record.verdicts.first?.state == .fails && cause(replay) == "processor")
    }
}
