import CalibrationEngine
import Foundation
import Tensors
import Testing

/// The arithmetic of stalls, throttles and jitter, against simulation and closed forms.
@Suite struct DisturbanceTests {
    /// Lets time pass in steps of one: work is done in those that lie in no stall.
    private func end(_ stall: Stall, start: Int64, work: Int64) -> Int64 {
        func isStalled(_ time: Int64) -> Bool { time >= stall.period && time % stall.period < stall.length }
        var time = start
        // A run that begins within a stall waits for its end, even when it has nothing to do.
        while isStalled(time) { time += 1 }
        var left = work
        while left > 0 {
            if !isStalled(time) { left -= 1 }
            time += 1
        }
        return time
    }

    @Test(arguments: [UInt64(1), 2, 3]) func stallsAgreeWithPassingTime(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        for _ in 0..<400 {
            let period = Int64(random.integer(in: 2...60))
            let stall = Stall(length: Int64(random.integer(in: 1...(Int(period) - 1))), period: period)
            let start = Int64(random.integer(in: 0...300))
            let work = Int64(random.integer(in: 0...200))
            #expect(
                stall.end(start: start, work: work) == end(stall, start: start, work: work),
                "\(stall) from \(start) for \(work)")
        }
    }

    @Test func longStallsNeitherOverflowNorTakeLong() {
        // A nanosecond of work fits between two stalls.
        let stall = Stall(length: 3_600_000_000_000 - 1, period: 3_600_000_000_000)
        #expect(stall.end(start: 0, work: stall.period + 4) == 5 * stall.period)
        #expect(stall.end(start: 0, work: 1_000_000_000_000_000) == 1 << 61)
    }

    @Test func aStallInALoopDelaysOneRunAPeriod() {
        // Runs of 10 back to back, a stall of 20 every 1000: one run in 98 takes 30.
        let stall = Stall(length: 20, period: 1000)
        var time: Int64 = 0
        var slow = 0
        for _ in 0..<980 {
            let end = stall.end(start: time, work: 10)
            slow += end - time > 10 ? 1 : 0
            time = end
        }
        #expect(slow == 9 && time == 9800 + 9 * 20)
    }

    @Test func throttlesStepAndReturn() {
        let step = Throttle(factor: 2, after: 100)
        #expect([0, 99, 100, 5000].map { step.factor(at: $0) } == [1, 1, 2, 2])
        let periodic = Throttle(factor: 3, after: 100, period: 150)
        #expect([0, 99, 100, 149, 150, 249, 250].map { periodic.factor(at: $0) } == [1, 1, 3, 3, 1, 1, 3])
    }

    @Test(arguments: [Jitter.Distribution.normal, .uniform, .exponential, .lognormal])
    func jitterHasTheMomentsItStates(distribution: Jitter.Distribution) {
        let jitter = Jitter(deviation: 50, distribution: distribution)
        var random = SplitMix64(seed: 4711)
        let count = 200_000
        let drawn = (0..<count).map { _ in jitter.draw(&random, latency: 1000) }
        let mean = drawn.reduce(0, +) / Double(count)
        let deviation = (drawn.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count)).squareRoot()
        // Five standard errors of the mean; the deviation's is twice as large for the longest tail here.
        #expect(abs(mean) < 5 * 50 / Double(count).squareRoot())
        #expect(abs(deviation / 50 - 1) < 0.02)
        let least = drawn.min() ?? 0
        switch distribution {
        case .exponential: #expect(least >= -50)
        case .uniform: #expect(least >= -50 * 3.0.squareRoot())
        case .normal, .lognormal: #expect(least < -150)
        }
    }
}
