import Engines
import Studies
import Testing

/// Each pitfall fires on what it is about, and stays silent on what it is not.
@Suite struct StabilityPitfallTests {
    @Test func optionsInForce() {
        let asked = EngineOptions(precision: .f32, threads: 2)
        var other = asked
        other.threads = 1
        other.precision = .bf16
        let found = EffectiveOptions.finding(asked: asked, inForce: other, busy: 1)
        #expect(found.isFound && found.words.contains("precision: f32 was asked, bf16 is in force"))
        #expect(found.words.contains("threads: 2 was asked, 1 is in force"))
        let busy = EffectiveOptions.finding(asked: EngineOptions(), inForce: EngineOptions(), busy: 1.9)
        #expect(busy.isFound && busy.words.contains("processors were busy"))
        #expect(!EffectiveOptions.finding(asked: asked, inForce: asked, busy: 1.9).isFound)
        #expect(EffectiveOptions.finding(asked: asked, inForce: nil, busy: 1) != .absent(""))
        guard case .cannotTell = EffectiveOptions.finding(asked: asked, inForce: nil, busy: nil) else {
            Issue.record("without options in force nothing can be told")
            return
        }
    }

    @Test func firstIteration() {
        #expect(FirstIteration.finding(first: 30e6, settled: 1e6).isFound)
        #expect(!FirstIteration.finding(first: 1.5e6, settled: 1e6).isFound)
        #expect(!FirstIteration.finding(first: 20e3, settled: 2e3).isFound, "a first touch of memory is no tuning")
        guard case .cannotTell = FirstIteration.finding(first: 1e6, settled: nil) else {
            Issue.record("without settled runs nothing can be told")
            return
        }
    }

    private func times(_ time: (Int64) -> Int64) -> [Int64] { (0..<20).map { time($0) } }

    @Test func reusedInputs() {
        let turn = (0..<5).map { round in times { 1_000_000 + 100 * $0 + 50 * Int64(round) } }
        let faster = (0..<5).map { round in times { 800_000 + 100 * $0 + 50 * Int64(round) } }
        #expect(ReusedInputs.finding(reused: faster, inTurn: turn).isFound)
        guard case .absent = ReusedInputs.finding(reused: turn, inTurn: turn) else {
            Issue.record("equal times depend on nothing")
            return
        }
        // Noise that hides what there is.
        let levels: [Int64] = [700_000, 1_300_000, 1_000_000, 600_000, 1_400_000]
        let noisy = levels.map { level in times { level + 100 * $0 } }
        guard case .cannotTell = ReusedInputs.finding(reused: noisy, inTurn: turn),
            case .cannotTell = ReusedInputs.finding(reused: [], inTurn: turn)
        else {
            Issue.record("neither noise nor one input tells anything")
            return
        }
    }

    @Test func unsynchronisedTiming() {
        typealias Point = UnsynchronisedTiming.Point
        let lazy = [
            Point(batch: 1, engine: 20e3, client: 2e6, bytes: 600_000),
            Point(batch: 8, engine: 22e3, client: 16e6, bytes: 4_800_000),
        ]
        #expect(UnsynchronisedTiming.finding(lazy).isFound)
        let honest = [
            Point(batch: 1, engine: 2e6, client: 2.3e6, bytes: 600_000),
            Point(batch: 8, engine: 15e6, client: 16e6, bytes: 4_800_000),
        ]
        #expect(!UnsynchronisedTiming.finding(honest).isFound)
        // An engine that does nothing, whose inputs take long to be sent.
        let sending = [
            Point(batch: 1, engine: 2e3, client: 0.5e6, bytes: 1 << 20),
            Point(batch: 8, engine: 2e3, client: 4e6, bytes: 8 << 20),
        ]
        #expect(!UnsynchronisedTiming.finding(sending).isFound)
        // On a device: kernels that are not waited for show on the way back, and one that waits shows none.
        let unwaited = [
            Point(batch: 1, engine: 2e6, client: 2.3e6, transfer: 1.98e6, bytes: 600_000),
            Point(batch: 8, engine: 16e6, client: 17e6, transfer: 15.97e6, bytes: 4_800_000),
        ]
        #expect(UnsynchronisedTiming.finding(unwaited).isFound)
        let waited = [
            Point(batch: 1, engine: 2e6, client: 2.3e6, transfer: 0.1e6, bytes: 600_000),
            Point(batch: 8, engine: 16e6, client: 17e6, transfer: 0.8e6, bytes: 4_800_000),
        ]
        #expect(!UnsynchronisedTiming.finding(waited).isFound)
        guard case .cannotTell = UnsynchronisedTiming.finding(Array(lazy.prefix(1))) else {
            Issue.record("one batch tells nothing")
            return
        }
    }

    @Test func excludedTransfers() {
        let (client, engine) = ([Int64](repeating: 3_000_000, count: 9), [Int64](repeating: 1_000_000, count: 9))
        #expect(ExcludedTransfers.finding(client: client, engine: engine).isFound)
        let close = [Int64](repeating: 2_800_000, count: 9)
        #expect(!ExcludedTransfers.finding(client: client, engine: close).isFound)
        // Where the engine says what its time went to, that tells, whatever the client saw.
        let most = [Int64](repeating: 700_000, count: 9)
        let told = ExcludedTransfers.finding(client: engine, engine: engine, transfer: most)
        #expect(told.isFound && told.words.contains("700"), "\(told.words)")
        let little = [Int64](repeating: 100_000, count: 9)
        #expect(!ExcludedTransfers.finding(client: client, engine: engine, transfer: little).isFound)
        guard case .cannotTell = ExcludedTransfers.finding(client: [3], engine: [1]) else {
            Issue.record("one run tells nothing")
            return
        }
    }
}
