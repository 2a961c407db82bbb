import Foundation
import Measurement
import Tensors
import Testing

/// Certificates of machines whose disturbance is known, since it is made.
@Suite struct StationarityTests {
    typealias Cause = StationarityCertificate.Cause

    enum Disturbance: String, CaseIterable, Sendable {
        case competitor, competitorForAWhile, competitorUncounted, hypervisor, throttledProcessor, throttledForAWhile
        case throttledEngine, throttledEngineInTurns, drift, driftDown, heat, allocation, coldStart, pauses

        var cause: Cause {
            switch self {
            case .competitor, .competitorForAWhile, .competitorUncounted: .anotherProcess
            case .hypervisor: .hypervisor
            case .throttledProcessor, .throttledForAWhile, .heat: .slowerProcessor
            case .throttledEngine, .throttledEngineInTurns: .slowerEngine
            case .drift, .driftDown: .drift
            case .allocation: .firstAllocation
            case .coldStart: .coldStart
            case .pauses: .pauses
            }
        }

        func machine(_ random: inout SplitMix64) -> SimulatedMachine {
            var machine = SimulatedMachine()
            let at = 0.8 + 1.4 * random.unit()
            let factor = 1.1 + 0.6 * random.unit()
            switch self {
            case .competitor: machine.interruption = { _ in 0.1 }
            case .competitorForAWhile: machine.interruption = { $0 > at && $0 < at + 0.7 ? 0.3 : 0 }
            case .competitorUncounted:
                machine.countsWaiting = false
                machine.interruption = { _ in 0.1 }
            case .hypervisor: machine.stolen = 0.08
            case .throttledProcessor: machine.processor = { $0 > at ? factor : 1 }
            case .throttledForAWhile: machine.processor = { $0 > at && $0 < at + 0.6 ? factor : 1 }
            case .throttledEngine: machine.engine = { $0 > at ? factor : 1 }
            case .throttledEngineInTurns: machine.engine = { Int($0 / 0.5) % 2 == 1 ? factor : 1 }
            case .drift: machine.engine = { 1 + 0.04 * $0 }
            case .driftDown: machine.engine = { 1.3 - 0.05 * $0 }
            case .heat: machine.processor = { 1 + 0.04 * $0 }
            case .allocation: machine.first = (time: 15_000_000, pages: 16_000)
            case .coldStart: machine.first = (time: 15_000_000, pages: 3)
            case .pauses: machine.pause = (every: 500, time: 20_000_000)
            }
            return machine
        }
    }

    @Test(arguments: Disturbance.allCases) func causesAreNamed(disturbance: Disturbance) {
        var named: [String: Int] = [:]
        let trials = 20
        for seed in 1...UInt64(trials) {
            var random = SplitMix64(seed: seed)
            let machine = disturbance.machine(&random)
            let certificate = StationarityCertificate([machine.run(seconds: 3, &random)])
            named[certificate.cause?.rawValue ?? "none", default: 0] += 1
        }
        #expect(named[disturbance.cause.rawValue, default: 0] >= trials * 19 / 20, "\(named)")
    }

    @Test(arguments: [0, 0.5]) func nothingIsFoundWhereNothingIs(correlation: Double) {
        var named: [String: Int] = [:]
        for seed in 1...60 {
            var random = SplitMix64(seed: UInt64(seed))
            var machine = SimulatedMachine()
            machine.noise = 0.03
            machine.correlation = correlation
            machine.interruption = { _ in 0.001 }
            let certificate = StationarityCertificate([machine.run(seconds: 2, &random)])
            named[certificate.cause?.rawValue ?? "none", default: 0] += 1
        }
        #expect(named["none", default: 0] >= 57, "\(named)")
    }

    @Test func roundsAreOneSeries() {
        // The engine slows down between two rounds, in which another one had its turn.
        var random = SplitMix64(seed: 3)
        var stretches: [MeasuredStretch] = []
        for round in 0..<6 {
            var machine = SimulatedMachine()
            machine.engine = { _ in round < 3 ? 1 : 1.3 }
            var stretch = machine.run(seconds: 0.3, &random)
            for index in stretch.readings.indices {
                stretch.readings[index].begin += Int64(round) * 1_000_000_000
                stretch.readings[index].end += Int64(round) * 1_000_000_000
            }
            stretches.append(stretch)
        }
        let certificate = StationarityCertificate(stretches)
        #expect(certificate.cause == .slowerEngine, "\(certificate.statement)")
        #expect(certificate.levelChanges == 1)
    }

    @Test func timesAloneTellLess() {
        var random = SplitMix64(seed: 9)
        var machine = SimulatedMachine()
        machine.processor = { $0 > 1 ? 1.3 : 1 }
        let samples = machine.run(seconds: 2, &random).samples
        let certificate = StationarityCertificate([MeasuredStretch(samples: samples)])
        // That it was the processor cannot be known.
        #expect(certificate.cause == .slowerEngine)
        #expect(certificate.waiting == nil || certificate.waiting == 0)
        #expect(certificate.lowestFrequency == nil)
    }

    @Test func fewRunsTellNothing() {
        #expect(!StationarityCertificate([]).isConclusive)
        let certificate = StationarityCertificate([MeasuredStretch(samples: [5, 5, 5])])
        #expect(!certificate.isConclusive && !certificate.isStationary && certificate.findings.isEmpty)
        #expect(certificate.statement.contains("too few"))
    }

    @Test func certificatesRoundTrip() throws {
        var random = SplitMix64(seed: 1)
        var machine = SimulatedMachine()
        machine.interruption = { _ in 0.1 }
        let certificate = StationarityCertificate([machine.run(seconds: 1, &random)])
        let data = try JSONEncoder().encode(certificate)
        #expect(try JSONDecoder().decode(StationarityCertificate.self, from: data) == certificate)
    }

    @Test func readingsSeeThisProcess() {
        let before = MachineReading.now()
        var sum = 0.0
        while MachineReading.now().processorNanoseconds - before.processorNanoseconds < 20_000_000 {
            for index in 0..<1000 { sum += Double(index).squareRoot() }
        }
        let after = MachineReading.now(samples: 7)
        #expect(sum > 0 && after.samples == 7 && after.begin > before.end)
        #expect(after.begin - before.end < 20_000_000_000)
        // From the slowest core that runs Swift to twice the fastest.
        #expect((0.2...12).contains(after.stepRate), "\(after.stepRate) GHz")
        #if os(Linux)
            #expect(after.machineNanoseconds != nil)
        #endif
    }
}
