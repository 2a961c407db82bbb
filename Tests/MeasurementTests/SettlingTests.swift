import Foundation
import Measurement
import Tensors
import Testing

/// When warm-up is over, by run times that are told.
@Suite struct SettlingTests {
    private let millisecond: Int64 = 1_000_000

    /// A warm-up with runs of so many milliseconds, by their number, and a noise of 1 %.
    private func warmUp(
        seed: UInt64 = 1, least: Int64 = 20, cap: Int64 = 200, period: Int = 1, _ time: (Int) -> Double
    ) -> WarmUpReport {
        var random = SplitMix64(seed: seed)
        var settling = Settling(least: least * millisecond, cap: cap * millisecond, period: period)
        var run = 0
        while true {
            let nanoseconds = Int64(time(run) * 1e6 * (1 + 0.01 * (random.unit() - 0.5)))
            run += 1
            if let report = settling.add([nanoseconds], nanoseconds: nanoseconds) { return report }
        }
    }

    @Test func steadyRunsTakeTheLeastTime() {
        let reports = (1...40).map { warmUp(seed: UInt64($0)) { _ in 1 } }
        #expect(reports.allSatisfy { $0.end == .settled && $0.nanoseconds >= 19 * millisecond }, "\(reports)")
        // What a start costs in a contest.
        let short = reports.filter { $0.nanoseconds <= 31 * millisecond }
        #expect(short.count >= 36, "\(reports)")
    }

    @Test(arguments: UInt64(1)...10)
    func aSlowStartIsWaitedFor(seed: UInt64) {
        let steps = warmUp(seed: seed, cap: 2000) { $0 < 10 ? 4 : 1 }
        #expect(steps.end == .settled && steps.runs > 10, "\(steps)")
        // An approach has no step for change points to find.
        func approach(_ run: Int) -> Double { 1 + 3 * exp(-Double(run) / 15) }
        let slow = warmUp(seed: seed, cap: 2000, approach)
        #expect(slow.end == .settled && approach(slow.runs) < 1.05, "\(slow)")
    }

    @Test(arguments: UInt64(1)...10)
    func whatNeverSettlesIsCapped(seed: UInt64) {
        let growing = warmUp(seed: seed) { 1 + 0.02 * Double($0) }
        #expect(growing.end == .capped && growing.nanoseconds >= 200 * millisecond, "\(growing)")
    }

    @Test func fewRunsTellNothing() {
        let slow = warmUp { _ in 50 }
        #expect(slow.end == .tooFewRuns && (4...5).contains(slow.runs), "\(slow)")
    }

    @Test func noTimeIsTold() {
        #expect(warmUp(cap: 0) { _ in 1 }.end == .told)
        var none = Settling(fewest: 0, cap: 0)
        let report = none.add([Int64](), nanoseconds: 0)
        #expect(report == WarmUpReport(runs: 0, nanoseconds: 0, end: .told))
    }

    /// Shapes that take turns, each with a time of its own: whole cycles are compared.
    @Test func inputsOfDifferentShapesAreNoChange() {
        let cycle = (0..<400).map { Double($0 % 8 + 1) }
        let report = warmUp(least: 50, cap: 1400, period: 8) { cycle[$0] }
        #expect(report.end == .settled && report.runs >= 128, "\(report)")
        #expect(warmUp(least: 50, cap: 300, period: 8) { cycle[$0] }.end == .tooFewRuns)
    }

    @Test func runsOfSeveralInOneSampleAreCounted() {
        var settling = Settling(least: 1, cap: 100 * millisecond, runsPerSample: 3)
        let report = settling.add([Int64](repeating: millisecond, count: 20), nanoseconds: 20 * millisecond)
        #expect(report == WarmUpReport(runs: 60, nanoseconds: 20 * millisecond, end: .settled))
    }

    @Test func threadsWarmUpTogether() {
        let settled = WarmUpReport(runs: 5, nanoseconds: 10, end: .settled)
        let capped = WarmUpReport(runs: 7, nanoseconds: 8, end: .capped)
        #expect(WarmUpReport(joining: [settled, settled])?.end == .settled)
        #expect(
            WarmUpReport(joining: [settled, capped, settled]) == WarmUpReport(runs: 17, nanoseconds: 10, end: .capped))
        #expect(WarmUpReport(joining: []) == nil)
    }
}
