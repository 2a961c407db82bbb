import Engines
import Graphs
import Operators
import Studies
import Tensors
import Testing

/// Each pitfall fires on what it is about, and stays silent on what it is not.
@Suite struct StabilityPitfallTests {
    private func expectUnknown(_ finding: Pitfall.Finding, _ words: String) {
        guard case .cannotTell = finding else {
            Issue.record("\(words): \(finding)")
            return
        }
    }

    // MARK: - What is in force

    private func precision(_ asked: Precision, _ inForce: Precision?, bits: Int...) -> Pitfall.Finding {
        EffectivePrecision.finding(
            asked: asked, inForce: inForce,
            kept: zip(["MatMul", "Conv"], bits).map { ArithmeticProbe.Kept($0, bits: $1) })
    }

    @Test func precisionInForce() {
        #expect(precision(.f32, .bf16, bits: 24, 24).words == "f32 was asked, bf16 is in force")
        let lower = precision(.f32, .f32, bits: 24, 11)
        #expect(lower.isFound && lower.words.contains("Conv keeps 11 significant bits, as f16 and tf32 do"))
        #expect(precision(.f32, nil, bits: 8, 8).isFound && precision(.bf16, .bf16, bits: 24, 24).isFound)
        #expect(!precision(.f32, nil, bits: 24, 23).isFound && !precision(.bf16, .bf16, bits: 8, 8).isFound)
        #expect(!precision(.i8, .i8).isFound)
        expectUnknown(precision(.f32, .f32), "an engine that repeats what was asked tells nothing")
    }

    /// The probe's own arithmetic: exact in binary32, and by rounding its inputs it shows the bits that are kept.
    @Test(arguments: [(24, 24), (11, 11), (8, 8)]) func theProbeCountsBits(kept bits: Int, expected: Int) throws {
        let inputs = try ArithmeticProbe.inputs()
        let model = try ArithmeticProbe.model()
        func rounded(_ tensor: Tensor) throws -> Tensor {
            let drop = UInt32(24 - bits)
            let values: [Float] = try tensor.values()
            return try Tensor(
                values.map { value in
                    let mask: UInt32 = drop == 0 ? 0 : (1 << drop) - 1
                    return Float(bitPattern: value.bitPattern & ~mask)
                }, shape: tensor.shape)
        }
        let given = try inputs.mapValues(rounded)
        let outputs = try PreparedInterpreter(model).run(given).compactMapValues(\.tensor)
        #expect(ArithmeticProbe.kept(outputs).map(\.bits) == [expected, expected])
        #expect(ArithmeticProbe.kept([:]).isEmpty)
    }

    private func threads(_ asked: Int, _ inForce: Int?, _ busy: Double, _ within: Double, others: Double? = 0)
        -> Pitfall.Finding
    {
        EffectiveThreads.finding(
            asked: asked, inForce: inForce, use: ProcessorUse(busy: busy, within: within, others: others),
            processors: 4)
    }

    @Test func threadsInForce() {
        #expect(threads(2, 1, 1, 1).words == "2 threads were asked, 1 in force")
        #expect(threads(1, 1, 1.9, 1.9).isFound && !threads(1, nil, 0.9, 1).isFound)
        let alone = threads(2, 2, 0.6, 1.02)
        #expect(alone.isFound && alone.words.hasSuffix("one thread did all"))
        #expect(!threads(2, 2, 1.2, 1.9).isFound)
        expectUnknown(threads(2, 2, 0.9, 1, others: 1.5), "threads that wait for a processor tell nothing")
        expectUnknown(threads(1, 1, 0.6, 1, others: 1.5), "a second thread may have had no processor")
        expectUnknown(threads(2, 2, 0.1, 0.1), "what computes elsewhere tells nothing")
        expectUnknown(
            EffectiveThreads.finding(asked: 2, inForce: 2, use: nil, processors: 4), "nothing was measured")
    }

    @Test func settingsInForce() {
        var other = EngineOptions()
        other.flushDenormals.toggle()
        let found = EffectiveSettings.finding(asked: EngineOptions(), inForce: other)
        #expect(found.isFound && found.words.contains("flushing of denormals: true was asked, false is in force"))
        #expect(!EffectiveSettings.finding(asked: other, inForce: other).isFound)
        expectUnknown(EffectiveSettings.finding(asked: other, inForce: nil), "nothing was read back")
    }

    // MARK: - Runs

    @Test func firstIteration() {
        let settled = [Double](repeating: 1e6, count: 4)
        #expect(FirstIteration.finding(early: [30_000_000, 1_000_000], settled: settled).isFound)
        let several = FirstIteration.finding(early: [5_000_000, 9_000_000, 4_000_000, 1_000_000], settled: settled)
        #expect(several.isFound && several.words.hasPrefix("each of the first 3 runs took up to 9"), "\(several)")
        #expect(!FirstIteration.finding(early: [1_500_000, 9_000_000], settled: settled).isFound, "a hiccup later on")
        #expect(
            !FirstIteration.finding(early: [20_000], settled: [2_000]).isFound, "a first touch of memory is no tuning")
        expectUnknown(FirstIteration.finding(early: [1_000_000], settled: []), "nothing settled")
    }

    private func times(_ time: (Int64) -> Int64) -> [Int64] { (0..<20).map { time($0) } }

    @Test func reusedInputs() {
        let turn = (0..<5).map { round in times { 1_000_000 + 100 * $0 + 50 * Int64(round) } }
        let faster = (0..<5).map { round in times { 800_000 + 100 * $0 + 50 * Int64(round) } }
        func finding(seen: [[Int64]]? = nil, reused: [[Int64]]? = nil) -> Pitfall.Finding {
            ReusedInputs.finding(seen: seen ?? turn, novel: turn, reused: reused ?? turn, inTurn: turn)
        }
        #expect(finding(reused: faster).words.hasPrefix("one input again and again"))
        #expect(finding(seen: faster).isFound && finding(reused: faster).isFound)
        guard case .absent = finding() else {
            Issue.record("equal times depend on nothing")
            return
        }
        // Noise that hides what there is.
        let levels: [Int64] = [700_000, 1_300_000, 1_000_000, 600_000, 1_400_000]
        let noisy = levels.map { level in times { level + 100 * $0 } }
        expectUnknown(finding(reused: noisy), "noise tells nothing")
        expectUnknown(finding(reused: []), "one input tells nothing")
        expectUnknown(finding(seen: []), "nothing was timed")
    }

    /// New inputs are the old ones in another order: of the same kind, and not the same.
    @Test func rotatedInputsAreNew() throws {
        let tensor = try Tensor([1, 2, 3, 4, 5, 6] as [Int64], shape: [2, 3])
        #expect(tensor.rotated(by: 2) == (try Tensor([3, 4, 5, 6, 1, 2] as [Int64], shape: [2, 3])))
        #expect(tensor.rotated(by: 6) == tensor && Tensor(scalar: Float(1)).rotated(by: 3) == Tensor(scalar: Float(1)))
        let words = try Tensor(strings: ["a", "b", "c"], shape: [3])
        #expect(words.rotated(by: 1).strings == ["b", "c", "a"])
    }

    // MARK: - Both sides

    /// Five rounds, in which the way takes a little longer each time.
    private func sides(engine: Int64, outside: Int64, swing: Int64 = 1000) -> [SidedTimes] {
        (0..<5).map { round in
            SidedTimes(
                engine: [Int64](repeating: engine, count: 9),
                client: [Int64](repeating: engine + outside + swing * Int64(round % 3 - 1), count: 9))
        }
    }

    /// Runs on a device: computing, and what of the engine's own time was on the way.
    private func onDevice(computing: Int64, transfer: Int64) -> [SidedTimes] {
        (0..<5).map { round in
            let moved = transfer + 1000 * Int64(round % 3 - 1)
            return SidedTimes(
                engine: [Int64](repeating: computing + moved, count: 9),
                client: [Int64](repeating: computing + moved + 200_000, count: 9),
                transfer: [Int64](repeating: moved, count: 9))
        }
    }

    /// Kernels that are not waited for show on the way back, within the engine's own time.
    @Test func devicesAreLookedInto() {
        let carrier = onDevice(computing: 20_000, transfer: 300_000)
        #expect(unsynchronised(onDevice(computing: 50_000, transfer: 9_000_000), carrier).isFound)
        #expect(!unsynchronised(onDevice(computing: 9_000_000, transfer: 400_000), carrier).isFound)
        let told = transfers(onDevice(computing: 200_000, transfer: 700_000), [])
        #expect(told.isFound && told.words.contains("on the way to the device"), "\(told.words)")
        #expect(!transfers(onDevice(computing: 2_000_000, transfer: 700_000), []).isFound)
    }

    private func unsynchronised(_ model: [SidedTimes], _ carrier: [SidedTimes]) -> Pitfall.Finding {
        UnsynchronisedTiming.finding(model: model, carrier: carrier, obstacle: "refused")
    }

    @Test func unsynchronisedTiming() {
        let carrier = sides(engine: 5_000, outside: 400_000)
        let lazy = unsynchronised(sides(engine: 20_000, outside: 16_000_000), carrier)
        #expect(lazy.isFound && lazy.words.contains("ends before the outputs are there"))
        // Most of an engine's time may be told, and not all of it.
        #expect(unsynchronised(sides(engine: 6_000_000, outside: 5_000_000), carrier).isFound)
        guard case .absent = unsynchronised(sides(engine: 15_000_000, outside: 900_000), carrier),
            // An engine that does nothing, whose inputs take long to be sent.
            case .absent = unsynchronised(
                sides(engine: 2_000, outside: 4_400_000), sides(engine: 1_000, outside: 4_000_000)),
            case .absent = unsynchronised(sides(engine: 9_000_000, outside: 400_000), [])
        else {
            Issue.record("an engine that tells all of its time was named")
            return
        }
        expectUnknown(
            unsynchronised(sides(engine: 2_000, outside: 4_400_000, swing: 6_000_000), carrier),
            "on a busy machine the way swings")
        expectUnknown(
            unsynchronised(sides(engine: 20_000, outside: 16_000_000), []), "without a carrier it may be the way")
        expectUnknown(unsynchronised([], []), "nothing was timed")
    }

    /// What computes is made to wait by the kernel, which is no fault of its engine.
    @Test func aBusyMachineIsDoubted() {
        let found = Pitfall.Finding.found("slow")
        func doubted(_ others: Double?, _ kind: Pitfall.Kind, _ finding: Pitfall.Finding? = nil) -> Pitfall.Finding {
            (finding ?? found).doubted(
                ProcessorUse(busy: 1, within: 1, others: others), processors: 2, about: kind)
        }
        #expect(doubted(0.1, .unsynchronised) == found && doubted(nil, .transfers) == found)
        #expect(doubted(1.5, .precision) == found)
        expectUnknown(doubted(1.5, .unsynchronised), "a busy machine")
        #expect(doubted(1.5, .transfers, .absent("")) == .absent(""))
        #expect(found.doubted(nil, processors: 2, about: .transfers) == found)
    }

    private func transfers(_ model: [SidedTimes], _ carrier: [SidedTimes]) -> Pitfall.Finding {
        ExcludedTransfers.finding(model: model, carrier: carrier)
    }

    @Test func excludedTransfers() {
        let model = sides(engine: 1_000_000, outside: 2_000_000)
        #expect(transfers(model, sides(engine: 1, outside: 1_900_000)).isFound)
        #expect(
            !transfers(model, sides(engine: 1, outside: 100_000)).isFound,
            "what is computed outside of the engine's own time is no transfer")
        #expect(!transfers(sides(engine: 9_000_000, outside: 8_000), []).isFound)
        expectUnknown(transfers(model, []), "without a carrier it may be computing")
    }

    /// Where two sides ran other batches a value is cut into its items.
    @Test func itemsOfOtherBatchesArePaired() throws {
        let single = try Tensor([3, 4] as [Float], shape: [1, 2])
        let batch = try Tensor([1, 2, 3, 4] as [Float], shape: [2, 2])
        let (alone, second) = (BatchItem(place: 0, batch: 1), BatchItem(place: 1, batch: 2))
        let pair = try #require(BatchItem.pair(single, alone, batch, second))
        #expect(pair.reference == pair.other)
        #expect(BatchItem.pair(single, alone, Tensor([1, 2, 3] as [Float]), second) == nil)
        #expect(BatchItem.pair(batch, second, batch, second)?.reference == batch)
    }
}
