import Foundation
import Measurement
import Records
import Tensors
import Testing

/// Verdicts from intervals, how often they are wrong, and whether the further rounds that they ask for suffice.
@Suite struct ComparisonVerdictTests {
    private func verdict(_ lower: Double, _ upper: Double, margin: Double = 0.02) -> ComparisonVerdict {
        let interval = Interval(lower: lower, upper: upper, method: "test")
        return ComparisonVerdict(ratio: (lower * upper).squareRoot(), interval: interval, rounds: 10, margin: margin)
    }

    @Test func outcomes() {
        #expect(verdict(0.99, 1.01).outcome == .same)
        #expect(verdict(1.001, 1.015).outcome == .same)
        #expect(verdict(0.985, 0.999).outcome == .same)
        #expect(verdict(1.001, 1.03).outcome == .slower)
        #expect(verdict(1.5, 1.6).outcome == .slower)
        #expect(verdict(0.97, 0.999).outcome == .faster)
        // 0.98 is more than 2 % faster: its inverse is 1.0204.
        #expect(verdict(0.98, 0.999).outcome == .faster)
        #expect(verdict(1, 1, margin: 0).outcome == .same)
        #expect(verdict(0.9, 1.2, margin: 0.3).outcome == .same)
    }

    @Test func nothingIsKnownOfTheRounds() {
        let without = ComparisonVerdict(ratio: 1.1, interval: nil, rounds: 1, margin: 0.02)
        #expect(without.outcome == .undecided(furtherRounds: nil))
        #expect(verdict(0, 1.2).outcome == .undecided(furtherRounds: nil))
        #expect(verdict(.nan, .nan).outcome == .undecided(furtherRounds: nil))
        #expect(verdict(0.5, 2, margin: 0).outcome == .undecided(furtherRounds: nil))
    }

    /// Ten rounds with deviation s of the logarithm and a ratio of 1: (t + 1.2816) s / √n ≤ log 1.02.
    @Test func furtherRoundsHaveAClosedForm() throws {
        let deviation = 0.05
        let half = 2.262_157_162_8 * deviation / 10.0.squareRoot()
        guard case .undecided(let further) = verdict(exp(-half), exp(half)).outcome else {
            Issue.record("decided")
            return
        }
        let count = Double(try #require(further) + 10)
        func reach(_ count: Double) -> Double {
            (Distributions.inverseStudent(0.975, degreesOfFreedom: count - 1) + 1.281_551_565_5) * deviation
                / count.squareRoot()
        }
        #expect(reach(count) <= log(1.02))
        #expect(reach(count - 1) > log(1.02))
        #expect((60...80).contains(count))
    }

    private func rounds(_ count: Int, ratio: Double, deviation: Double, _ random: inout SplitMix64) -> RatioOfMedians {
        let above = (0..<count).map { _ in [Int64(1e9 * ratio * exp(deviation * random.normal()))] }
        return RatioOfMedians.interleaved(above, over: above.map { _ in [1_000_000_000] })
    }

    /// A thing against itself is called different once in twenty, or less often where that is within the margin.
    @Test func equalThingsAreRarelyCalledDifferent() {
        var random = SplitMix64(seed: 1908)
        var counts: [String: Int] = [:]
        let trials = 2000
        for _ in 0..<trials {
            switch ComparisonVerdict(rounds(12, ratio: 1, deviation: 0.02, &random), margin: 0.02).outcome {
            case .faster, .slower: counts["different", default: 0] += 1
            case .same: counts["same", default: 0] += 1
            case .undecided: counts["undecided", default: 0] += 1
            }
        }
        #expect(counts["different", default: 0] <= trials / 20, "\(counts)")
        #expect(counts["same", default: 0] >= trials * 6 / 10, "\(counts)")
    }

    /// At a difference of exactly the margin "same" is wrong, and rare.
    @Test func differencesOfTheMarginAreRarelyCalledTheSame() {
        var random = SplitMix64(seed: 1987)
        let trials = 2000
        var (same, slower) = (0, 0)
        for _ in 0..<trials {
            switch ComparisonVerdict(rounds(40, ratio: 1.02, deviation: 0.03, &random), margin: 0.02).outcome {
            case .same: same += 1
            case .slower: slower += 1
            default: break
            }
        }
        #expect((0.012...0.04).contains(Double(same) / Double(trials)), "\(same) of \(trials)")
        #expect(slower > trials * 9 / 10)
    }

    /// Whoever adds the rounds asked for has an answer about as often as the power says.
    @Test(arguments: [1.0, 1.03])
    func theRoundsAskedForSuffice(ratio: Double) throws {
        var random = SplitMix64(seed: 2008)
        let deviation = 0.06
        // An interval of ten rounds whose middle and width are the true ones.
        let half = 2.262_157_162_8 * deviation / 10.0.squareRoot()
        let seen = Interval(lower: ratio * exp(-half), upper: ratio * exp(half), method: "test")
        let first = ComparisonVerdict(ratio: ratio, interval: seen, rounds: 10, margin: 0.02)
        guard case .undecided(let further) = first.outcome else {
            Issue.record("decided")
            return
        }
        let count = try #require(further) + 10
        let trials = 600
        let told = (0..<trials).filter { _ in
            let verdict = ComparisonVerdict(rounds(count, ratio: ratio, deviation: deviation, &random), margin: 0.02)
            return verdict.outcome == (ratio == 1 ? .same : .slower)
        }.count
        #expect(
            (0.73...0.87).contains(Double(told) / Double(trials)), "\(told) of \(trials) with \(count) rounds")
    }

    @Test func verdictsOfSeveralProcesses() throws {
        var random = SplitMix64(seed: 6)
        let below = (0..<5).map { _ in [[exp(0.01 * random.normal())]] }
        let above = below.map { $0.map { $0.map { 1.2 * $0 } } }
        let slower = try #require(HierarchicalBootstrap.ratio(of: above, over: below, seed: 1))
        #expect(ComparisonVerdict(slower, margin: 0.02).outcome == .slower)
        let faster = try #require(HierarchicalBootstrap.ratio(of: below, over: above, seed: 1))
        #expect(ComparisonVerdict(faster, margin: 0.02).outcome == .faster)
        let equal = try #require(HierarchicalBootstrap.ratio(of: below, over: below, seed: 1))
        #expect(ComparisonVerdict(equal, margin: 0.05).outcome == .same)
    }
}
