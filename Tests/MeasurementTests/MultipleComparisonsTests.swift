import Foundation
import Measurement
import Tensors
import Testing

/// Adjusted p-values against published examples, and what they control by simulation.
@Suite struct MultipleComparisonsTests {
    /// The p-values of Benjamini and Hochberg 1995, section 3.2 (thrombolysis in myocardial infarction).
    private let published = [
        0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590,
        1.0000,
    ]

    /// The paper finds four by its own procedure at 0.05 and three by Bonferroni's and its refinements.
    @Test func theExampleOfThePaper() {
        let rates = MultipleComparisons.benjaminiHochberg(published)
        #expect(rates.filter { $0 <= 0.05 }.count == 4)
        #expect(abs(rates[3] - 0.035625) < 1e-12)
        #expect(abs(rates[4] - 0.0603) < 1e-12)
        #expect(rates[14] == 1)
        let holm = MultipleComparisons.holm(published)
        #expect(holm.filter { $0 <= 0.05 }.count == 3)
        #expect(abs(holm[0] - 0.0015) < 1e-12)
        #expect(abs(holm[3] - 0.114) < 1e-12)
    }

    /// Four hypotheses whose adjusted values are had by hand: 4 · 0.005, 3 · 0.01, 2 · 0.03, and no less than that.
    @Test func fourHypotheses() {
        let holm = MultipleComparisons.holm([0.01, 0.04, 0.03, 0.005])
        for (value, expected) in zip(holm, [0.03, 0.06, 0.06, 0.02]) { #expect(abs(value - expected) < 1e-15) }
        let rates = MultipleComparisons.benjaminiHochberg([0.01, 0.04, 0.03, 0.005])
        for (value, expected) in zip(rates, [0.02, 0.04, 0.04, 0.02]) { #expect(abs(value - expected) < 1e-15) }
    }

    @Test func edges() {
        #expect(MultipleComparisons.holm([]).isEmpty && MultipleComparisons.benjaminiHochberg([]).isEmpty)
        #expect(MultipleComparisons.holm([0.3]) == [0.3])
        #expect(MultipleComparisons.benjaminiHochberg([0.3]) == [0.3])
        #expect(MultipleComparisons.holm([.nan, 0.01]) == [1, 0.02])
        #expect(MultipleComparisons.holm([-1, 2]) == [0, 1])
    }

    /// Without any effect each procedure errs in one family of twenty; unadjusted p-values err in 40 % of families of ten.
    @Test func familiesWithoutEffects() {
        var random = SplitMix64(seed: 1979)
        let trials = 2000
        var (holm, rates, unadjusted) = (0, 0, 0)
        for _ in 0..<trials {
            let values = (0..<10).map { _ in random.unit() }
            if MultipleComparisons.holm(values).contains(where: { $0 <= 0.05 }) { holm += 1 }
            if MultipleComparisons.benjaminiHochberg(values).contains(where: { $0 <= 0.05 }) { rates += 1 }
            if values.contains(where: { $0 <= 0.05 }) { unadjusted += 1 }
        }
        #expect((0.035...0.065).contains(Double(holm) / Double(trials)), "\(holm)")
        #expect((0.035...0.065).contains(Double(rates) / Double(trials)), "\(rates)")
        #expect(Double(unadjusted) / Double(trials) > 0.35)
    }

    /// With six effects among ten the share of false discoveries is 0.05 · 4 / 10, and more is found than by Holm.
    @Test func falseDiscoveriesAmongEffects() {
        var random = SplitMix64(seed: 1995)
        let trials = 2000
        var (share, found, foundByHolm) = (0.0, 0, 0)
        for _ in 0..<trials {
            let values = (0..<10).map { index in
                Distributions.normal(-abs(random.normal() + (index < 6 ? 3 : 0))) * 2
            }
            let rates = MultipleComparisons.benjaminiHochberg(values)
            let indices = rates.indices.filter { rates[$0] <= 0.05 }
            if !indices.isEmpty { share += Double(indices.filter { $0 >= 6 }.count) / Double(indices.count) }
            found += indices.count
            foundByHolm += MultipleComparisons.holm(values).filter { $0 <= 0.05 }.count
        }
        #expect((0.012...0.028).contains(share / Double(trials)), "\(share / Double(trials))")
        #expect(found > foundByHolm)
    }
}
