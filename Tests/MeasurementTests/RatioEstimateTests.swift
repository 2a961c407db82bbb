import Foundation
import Measurement
import Records
import Tensors
import Testing

/// Trimmed means and the ratios made of them, by closed forms and by how often their intervals cover a known truth.
@Suite struct RatioEstimateTests {
    @Test func withoutTrimmingItIsStudents() throws {
        let numbers = [9.0, 11, 10, 14, 8, 12]
        let mean = try #require(TrimmedMean(of: numbers, trimmed: 0))
        let student = try #require(MeanEstimate(of: numbers))
        #expect(abs(mean.value - student.value) < 1e-12 && mean.degreesOfFreedom == 5)
        let half = Distributions.inverseStudent(0.975, degreesOfFreedom: 5) * mean.standardError
        #expect(abs(half - (student.interval.upper - student.interval.lower) / 2) < 1e-9)
    }

    /// Wilcox, "Introduction to robust estimation and hypothesis testing", table 3.2: the self-awareness data of Dana (1990),
    /// whose 20 % trimmed mean is 282.7 with a standard error of 56.1, there by the share that is left instead of the
    /// degrees of freedom.
    @Test func publishedData() throws {
        let data: [Double] = [
            77, 87, 88, 114, 151, 210, 219, 246, 253, 262, 296, 299, 306, 376, 428, 515, 666, 1310, 2611,
        ]
        let mean = try #require(TrimmedMean(of: data, trimmed: 3))
        #expect(abs(mean.value - 282.7) < 0.1, "\(mean.value)")
        let deviation = mean.standardError * (13.0 * 12 / 18).squareRoot()
        #expect(abs(deviation / (0.6 * 19.0.squareRoot()) - 56.1) < 0.1, "\(deviation)")
        #expect(mean.degreesOfFreedom == 12)
    }

    @Test func nothingToTrim() {
        #expect(TrimmedMean(of: [], trimmed: 0) == nil)
        #expect(TrimmedMean(of: [1], trimmed: 0) == nil)
        #expect(TrimmedMean(of: [1, 2, 3], trimmed: 1) == nil)
        #expect(TrimmedMean(of: [1, 2, 3, 4], trimmed: 1)?.value == 2.5)
        #expect(TrimmedMean(of: [1, .infinity], trimmed: 0) == nil)
        #expect(TrimmedMean(of: [1, 2, 3], trimmed: -1) == nil)
        #expect(HodgesLehmann.estimate(of: []) == nil)
        #expect(HodgesLehmann.estimate(of: [1, .nan]) == nil)
    }

    @Test func medianOfPairs() {
        // The means of pairs of 1, 2 and 6: 1, 1.5, 2, 3.5, 4, 6.
        #expect(HodgesLehmann.estimate(of: [1, 2, 6]) == 2.75)
        #expect(HodgesLehmann.estimate(of: [5]) == 5)
        #expect(HodgesLehmann.estimate(of: [1, 1, 1, 1, 1000]) == 1)
    }

    @Test func theInverseHasTheSameEvidence() throws {
        let ratio = try #require(RatioEstimate(logarithms: [0.01, 0.03, 0.02, 0.025, 0.015]))
        let (interval, inverse) = (ratio.interval(), ratio.inverse.interval())
        #expect(abs(interval.lower * inverse.upper - 1) < 1e-12)
        #expect(abs(ratio.pValue - ratio.inverse.pValue) < 1e-12)
        // The level at which the interval ends at 1 is one minus the p-value.
        let edge = ratio.interval(level: 1 - ratio.pValue)
        #expect(abs(edge.lower - 1) < 1e-6)
    }

    @Test func equalNumbersHaveNoWidth() throws {
        let ratio = try #require(RatioEstimate(logarithms: [0, 0, 0]))
        #expect(ratio.value == 1 && ratio.pValue == 1 && ratio.interval().lower == 1)
        #expect(try #require(RatioEstimate(logarithms: [0.1, 0.1])).pValue == 0)
    }

    /// Noise around a known ratio: normal, with heavier tails, and with one pair in ten that has nothing to do with it.
    enum Shape: CaseIterable {
        case normal, heavy, disturbed

        func draw(_ random: inout SplitMix64) -> Double {
            switch self {
            case .normal: random.normal()
            // A normal number over the root of a mean of four squares: Student's with four degrees of freedom.
            case .heavy:
                random.normal() / ((0..<4).reduce(0) { sum, _ in sum + pow(random.normal(), 2) } / 4).squareRoot()
            case .disturbed: random.unit() < 0.1 ? 6 * random.normal() : random.normal()
            }
        }
    }

    @Test(arguments: Shape.allCases, [6, 8, 12, 20])
    func intervalsCover(_ shape: Shape, count: Int) throws {
        var random = SplitMix64(seed: 1963)
        let trials = 4000
        var covered = 0
        for _ in 0..<trials {
            let logarithms = (0..<count).map { _ in log(1.03) + 0.01 * shape.draw(&random) }
            if try #require(RatioEstimate(logarithms: logarithms)).interval().contains(1.03) { covered += 1 }
        }
        let share = Double(covered) / Double(trials)
        #expect((0.93...0.97).contains(share), "\(shape), \(count): \(share)")
    }

    /// One pair that has nothing to do with the others may not move the answer to 1 % and more.
    @Test func oneDisturbedPairIsSurvived() throws {
        var random = SplitMix64(seed: 2)
        for _ in 0..<200 {
            var logarithms = (0..<10).map { _ in 0.002 * random.normal() }
            logarithms[random.integer(in: 0...9)] = 0.4
            let ratio = try #require(RatioEstimate(logarithms: logarithms))
            #expect(ratio.interval().lower > 0.99 && ratio.interval().upper < 1.01)
            // Student's interval does not survive it.
            let plain = try #require(RatioEstimate(logarithms: logarithms, isRobust: false))
            #expect(plain.interval().upper > 1.05)
        }
    }
}

/// Several ratios at once.
@Suite struct ComparisonFamilyTests {
    private func ratios(_ count: Int, differing: Int, _ random: inout SplitMix64) -> [RatioEstimate?] {
        (0..<count).map { index in
            RatioEstimate(
                logarithms: (0..<8).map { _ in (index < differing ? 0.05 : 0) + 0.01 * random.normal() },
                isRobust: false)
        }
    }

    private func excludesOne(_ ratio: RatioEstimate, _ level: Double) -> Bool {
        let interval = ratio.interval(level: level)
        return interval.lower > 1 || interval.upper < 1
    }

    /// An interval leaves out 1 exactly where Holm's adjusted p-value is at most the significance.
    @Test func intervalsAgreeWithHolm() throws {
        var random = SplitMix64(seed: 1979)
        for _ in 0..<500 {
            let family = ratios(5, differing: 2, &random).compactMap(\.self)
            let levels = ComparisonFamily.levels(of: family, level: 0.95)
            let adjusted = MultipleComparisons.holm(family.map(\.pValue))
            for (index, ratio) in family.enumerated() where abs(adjusted[index] - 0.05) > 1e-9 {
                #expect(excludesOne(ratio, levels[index]) == (adjusted[index] < 0.05))
            }
        }
    }

    @Test func falseAlarmsOfAFamilyAreRare() {
        var random = SplitMix64(seed: 5)
        let trials = 2000
        let alarms = (0..<trials).filter { _ in
            let family = ratios(4, differing: 0, &random)
            let levels = ComparisonFamily.levels(of: family, level: 0.95)
            return zip(family, levels).contains { ratio, level in ratio.map { excludesOne($0, level) } ?? false }
        }.count
        #expect((0.03...0.06).contains(Double(alarms) / Double(trials)), "\(alarms) of \(trials)")
    }

    @Test func oneRatioHasTheLevelItself() throws {
        let ratio = try #require(RatioEstimate(logarithms: [0.1, 0.2]))
        #expect(ComparisonFamily.levels(of: [ratio], level: 0.98) == [0.98])
        #expect(ComparisonFamily.levels(of: [nil, ratio], level: 0.9).allSatisfy { abs($0 - 0.95) < 1e-12 })
        #expect(ComparisonFamily.levels(of: [], level: 0.9).isEmpty)
    }
}

/// When to stop comparing.
@Suite struct SequentialRatioTests {
    @Test func looksAreAFactorApart() {
        let rule = SequentialRatio(precision: 0.01, level: 0.98, minimum: 12)
        #expect([0, 11, 12, 18, 27].map { rule.nextLook(after: $0) } == [12, 12, 18, 27, 41])
        #expect(SequentialRatio(precision: 0.01, level: 0.98, minimum: 0).nextLook(after: 3) == 5)
    }

    @Test func aLargeDifferenceNeedsLess() throws {
        let rule = SequentialRatio(precision: 0.001, level: 0.9, minimum: 2)
        let small = try #require(RatioEstimate(logarithms: [0.0, 0.01, 0.02, 0.03]))
        let large = try #require(RatioEstimate(logarithms: [1.0, 1.01, 1.02, 1.03]))
        #expect(!rule.isEnough(small) && rule.isEnough(large) && !rule.isEnough(nil))
    }

    /// What a comparison does: pairs until a look finds the interval narrow enough.
    private func compared(
        _ truth: Double, deviation: Double, isDisturbed: Bool = false,
        by rule: SequentialRatio = SequentialRatio(precision: 0.01, level: 0.98, minimum: 12),
        _ random: inout SplitMix64
    ) throws -> RatioEstimate {
        var logarithms: [Double] = []
        while true {
            let look = min(rule.nextLook(after: logarithms.count), 200)
            while logarithms.count < look {
                let spread = isDisturbed && random.unit() < 0.1 ? 6 * deviation : deviation
                logarithms.append(log(truth) + spread * random.normal())
            }
            let ratio = try #require(RatioEstimate(logarithms: logarithms))
            if rule.isEnough(ratio) || look == 200 { return ratio }
        }
    }

    @Test(arguments: [0.005, 0.01, 0.012, 0.015, 0.02], [true, false])
    func intervalsCoverAfterStopping(deviation: Double, isDisturbed: Bool) throws {
        var random = SplitMix64(seed: 1965)
        let trials = 1500
        var (covered, different, seen) = (0, 0, 0)
        for _ in 0..<trials {
            let ratio = try compared(1, deviation: deviation, isDisturbed: isDisturbed, &random)
            // The interval of 95 % holds 1 where the p-value is at least 5 %, and leaves it out at 98 % below 2 %.
            let chance = ratio.pValue
            if chance >= 0.05 { covered += 1 }
            if chance < 0.02, ComparisonVerdict(ratio, margin: 0.02, level: 0.98).outcome != .same { different += 1 }
            let slower = try compared(1.03, deviation: deviation, isDisturbed: isDisturbed, &random)
            if slower.pValue < 0.02, slower.value > 1.01 { seen += 1 }
        }
        let share = Double(covered) / Double(trials)
        #expect((0.93...0.97).contains(share), "\(deviation): \(share)")
        // At most one in twenty, as 10 of 200; and 3 % are seen almost always.
        #expect(Double(different) / Double(trials) <= 0.05, "\(different)")
        #expect(Double(seen) / Double(trials) >= 0.95, "\(seen)")
    }

    /// Looking from the second pair on covers too seldom: what the least number is for.
    @Test func impatienceCoversTooSeldom() throws {
        let rule = SequentialRatio(precision: 0.01, level: 0.95, minimum: 2)
        var random = SplitMix64(seed: 4243)
        let trials = 2000
        var covered = 0
        for _ in 0..<trials where try compared(1, deviation: 0.015, by: rule, &random).pValue >= 0.05 { covered += 1 }
        #expect(Double(covered) / Double(trials) < 0.92, "\(covered)")
    }
}
