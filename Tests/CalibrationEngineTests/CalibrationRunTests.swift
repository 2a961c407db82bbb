import CalibrationEngine
import Engines
import Graphs
import Tensors
import TestKit
import Testing

/// Runs of the calibration engine against what they were told to take; times are only ever bounded from below, since
/// others may use the machine.
@Suite struct CalibrationRunTests {
    private func prepare(_ settings: [String: String], _ model: String = "affine") throws -> any PreparedModel {
        let engine = try CalibrationFactory().load(libraries: nil)
        return try engine.prepare(
            TestModels.source(model), options: EngineOptions(threads: 3, extra: settings))
    }

    private func times(_ settings: [String: String], runs: Int) throws -> [Int64] {
        let model = try prepare(settings)
        let session = try model.makeSession()
        let inputs = try Self.inputs(of: model)
        let slots = OutputSlots(count: model.outputs.count)
        return try (0..<runs).map { _ in
            let start = MonotonicClock.now()
            try session.run(inputs, into: slots)
            return MonotonicClock.now() - start
        }
    }

    private static func inputs(of model: any PreparedModel) throws -> [Tensor] {
        try model.inputs.map { input in
            guard case .tensor(let type, let shape)? = input.type else { throw CancellationError() }
            let extents = (shape?.dimensions ?? []).map { $0.value ?? 3 }
            return try MutableTensor(elementType: type, shape: Shape(extents)).snapshot()
        }
    }

    @Test func aRunTakesItsTime() throws {
        for time in try times(["latency": "2ms"], runs: 10) { #expect(time >= 2_000_000) }
    }

    @Test func aNullEngineTakesNone() throws {
        let runs = try times([:], runs: 2000)
        // A microsecond would be forty times what it should take; the least of many shows no other process.
        #expect(try #require(runs.min()) < 1000)
    }

    @Test func stepsTakeAboutTheTimeTheyTookWhenLoaded() throws {
        let least = try #require(try times(["latency": "2ms", "ends": "steps"], runs: 20).min())
        #expect((1_500_000...4_000_000).contains(least), "\(least)")
    }

    @Test func theFirstRunAllocates() throws {
        let runs = try times(["latency": "100us", "allocation": "64MB"], runs: 40)
        let later = runs.dropFirst().sorted()
        #expect(runs[0] > 5 * later[later.count / 2], "\(runs[0]) and then \(later[later.count / 2])")
    }

    @Test func aThrottledEngineBecomesSlower() throws {
        let runs = try times(["latency": "1ms", "throttle": "3x", "after": "20ms"], runs: 40)
        #expect(runs.suffix(15).allSatisfy { $0 >= 3_000_000 })
        #expect(try #require(runs.prefix(10).min()) < 3_000_000)
    }

    @Test func driftingRunsBecomeLonger() throws {
        let runs = try times(["latency": "1ms", "drift": "1000%"], runs: 60)
        #expect(try #require(runs.suffix(5).min()) >= 1_500_000)
        #expect(try #require(runs.prefix(5).min()) < 1_500_000)
    }

    @Test func outputsAreZerosOfTheDeclaredShapes() throws {
        let model = try prepare([:])
        let session = try model.makeSession()
        let inputs = try Self.inputs(of: model)
        let slots = OutputSlots(count: model.outputs.count)
        try session.run(inputs, into: slots)
        for (output, tensor) in zip(model.outputs, try slots.snapshot()) {
            guard case .tensor(let type, let shape)? = output.type else { continue }
            #expect(tensor.elementType == type && tensor.shape.rank == shape?.dimensions.count)
            #expect(try tensor.doubles().allSatisfy { $0 == 0 })
        }
        #expect(model.effectiveOptions.threads == 1)
        #expect(throws: EngineError.self) { try session.run([], into: slots) }
        #expect(throws: EngineError.self) { try session.run(inputs, into: OutputSlots(count: 7)) }
    }

    @Test func openExtentsComeFromTheInputs() throws {
        let model = try prepare([:], "relu")
        let slots = OutputSlots(count: 1)
        let session = try model.makeSession()
        for rows in [4, 2, 2, 9] {
            try session.run(
                [try Tensor([Double](repeating: 1, count: rows * 3), shape: [rows, 3]).converted(to: .float32)],
                into: slots)
            #expect(try slots.snapshot()[0].shape == [rows, 3])
        }
        #expect(throws: EngineError.self) { try session.run([Tensor([1, 2] as [Float])], into: slots) }
    }

    @Test(arguments: [
        ["latency": "fast"], ["latency": "-1ms"], ["latency": "2h"], ["speed": "1"], ["stall": "1ms"], ["every": "1s"],
        ["stall": "2s", "every": "1s"], ["throttle": "0"], ["after": "1s"], ["jitter": "1"], ["seed": "1"],
        ["latency": "1ms", "jitter": "10%", "distribution": "cauchy"], ["allocation": "much"], ["ends": "never"],
        ["latency": "1ms", "jitter": "2ms", "distribution": "exponential"],
        ["throttle": "2x", "after": "2s", "period": "1s"], ["drift": "nan"],
    ])
    func wrongSettingsAreRefused(settings: [String: String]) throws {
        do {
            _ = try prepare(settings)
            Issue.record("\(settings) was accepted")
        } catch let error as EngineError {
            #expect(error.code == .invalidOption)
            #expect(!error.remedy.isEmpty)
        }
    }

    @Test func aSequenceIsNoTensor() throws {
        #expect(throws: EngineError.self) { try prepare([:], "sequence") }
    }
}
