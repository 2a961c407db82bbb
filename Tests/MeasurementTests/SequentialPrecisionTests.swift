import Foundation
import Measurement
import Records
import Tensors
import Testing

/// When measuring stops, and how often the interval then covers.
@Suite struct SequentialPrecisionTests {
    @Test func looksAreAFactorApart() throws {
        let rule = try #require(SequentialPrecision(.relative(0.01), minimum: 10, growth: 1.5))
        var looks: [Int] = []
        for _ in 0..<6 { looks.append(rule.nextLook(after: looks.last ?? 0)) }
        #expect(looks == [10, 15, 23, 35, 53, 80])
        #expect(rule.nextLook(after: 36) == 53)
        let slow = try #require(SequentialPrecision(.relative(0.01), minimum: 2, growth: 1.001))
        #expect(slow.nextLook(after: 2) == 3)
        #expect(rule.nextLook(after: .max) == .max)
    }

    @Test func decisions() throws {
        let rule = try #require(SequentialPrecision(.relative(0.1), minimum: 4, growth: 2))
        #expect(rule.decision(for: []) == .more(until: 4))
        #expect(rule.decision(for: [1, 2, 3]) == .more(until: 4))
        // 100 ± t(0.975, 3) · 4.0825 / 2 = 6.496
        let numbers = [95.0, 100, 105, 100]
        guard case .reached(let estimate) = rule.decision(for: numbers) else {
            Issue.record("not reached")
            return
        }
        #expect(estimate.value == 100 && estimate.count == 4)
        #expect(abs(estimate.interval.upper - 106.496) < 1e-3)
        let narrow = try #require(SequentialPrecision(.relative(0.0649), minimum: 4, growth: 2))
        #expect(narrow.decision(for: numbers) == .more(until: 8))
        let absolute = try #require(SequentialPrecision(.absolute(6.5), minimum: 4, growth: 2))
        #expect(absolute.decision(for: numbers) == .reached(estimate))
        // Between two looks the earlier one decides: the numbers after it are not peeked at.
        #expect(narrow.decision(for: numbers + [100, 100, 100]) == .more(until: 8))
        #expect(rule.decision(for: numbers + [900, 900]) == .reached(estimate))
        #expect(rule.decision(for: [5, 5, 5, 5]) != .more(until: 8))
        #expect(rule.decision(for: [5, 5, .nan, 5]) == .more(until: 8))
    }

    @Test func rulesThatMakeNoSense() {
        #expect(SequentialPrecision(.relative(0)) == nil)
        #expect(SequentialPrecision(.absolute(.nan)) == nil)
        #expect(SequentialPrecision(.relative(0.1), level: 1) == nil)
        #expect(SequentialPrecision(.relative(0.1), minimum: 1) == nil)
        #expect(SequentialPrecision(.relative(0.1), growth: 1) == nil)
    }

    private func coverage(
        _ rule: SequentialPrecision, truth: Double, trials: Int, next: () -> Double
    ) -> (covered: Double, looks: Set<Int>) {
        var covered = 0
        var looks: Set<Int> = []
        for _ in 0..<trials {
            var numbers: [Double] = []
            var decision = rule.decision(for: numbers)
            while case .more(let count) = decision {
                while numbers.count < count { numbers.append(next()) }
                decision = rule.decision(for: numbers)
            }
            if case .reached(let estimate) = decision {
                looks.insert(estimate.count)
                if estimate.interval.contains(truth) { covered += 1 }
            }
        }
        return (Double(covered) / Double(trials), looks)
    }

    /// Precisions that are reached at the first looks and at late ones, of means that are normal or skewed.
    @Test(arguments: [(0.05, 0.1), (0.03, 0.1), (0.012, 0.1), (0.04, 0.3)])
    func intervalsCover(precision: Double, deviation: Double) throws {
        let rule = try #require(SequentialPrecision(.relative(precision)))
        var random = SplitMix64(seed: 4242)
        let normal = coverage(rule, truth: 1, trials: 1000) { 1 + deviation * random.normal() }
        #expect((0.93...0.97).contains(normal.covered), "\(normal)")
        let mean = exp(deviation * deviation / 2)
        let skewed = coverage(rule, truth: mean, trials: 1000) { exp(deviation * random.normal()) }
        #expect((0.93...0.97).contains(skewed.covered), "\(skewed)")
    }

    /// Looking after every number from the second on covers too seldom: what the looks and the minimum are for.
    @Test func impatienceCoversTooSeldom() throws {
        let rule = try #require(SequentialPrecision(.relative(0.1), minimum: 2, growth: 1.001))
        var random = SplitMix64(seed: 4243)
        let impatient = coverage(rule, truth: 1, trials: 500) { 1 + 0.2 * random.normal() }
        #expect(impatient.covered < 0.92, "\(impatient.covered)")
    }
}
