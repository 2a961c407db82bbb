import Foundation
import Measurement
import Records
import Tensors
import Testing

/// Estimates against closed forms, and intervals by how often they cover what they should.
@Suite struct EstimateTests {
    @Test(arguments: [UInt64(1), 2, 3, 4])
    func selectionAgreesWithSorting(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        // Few distinct values: clocks give many equal samples.
        let values = (0..<random.integer(in: 1...400)).map { _ in Double(random.integer(in: 0...50)) }
        let sorted = values.sorted()
        var selection = Selection(values)
        for _ in 0..<60 {
            let rank = random.integer(in: 0...(values.count - 1))
            #expect(selection.element(rank: rank) == sorted[rank])
        }
    }

    @Test func quantilesOfAKnownSample() throws {
        let samples = (1...1000).map(Double.init)
        #expect(try #require(QuantileEstimate(0.5, of: samples)).value == 500.5)
        #expect(try #require(QuantileEstimate(0.9, of: samples)).value == 900.5)
        #expect(try #require(QuantileEstimate(0.99, of: samples)).value == 990.5)
        let odd = try #require(QuantileEstimate(0.5, of: (1...7).map(Double.init)))
        #expect(odd.value == 4)
        #expect(odd.interval == Interval(lower: 1, upper: 7, level: 0.95, method: "order-statistics"))
        #expect(QuantileEstimate(0.5, of: [1, 2, .nan, 3, 4, 5, 6, 7] as [Double]) == nil)
    }

    @Test func noQuantileWithoutTheSamplesItNeeds() {
        for (probability, needed) in [(0.5, 6), (0.9, 36), (0.99, 368)] {
            #expect(QuantileEstimate(probability, of: [Double](repeating: 1, count: needed - 1)) == nil)
            #expect(QuantileEstimate(probability, of: [Double](repeating: 1, count: needed)) != nil)
        }
        #expect(QuantileEstimate(0.5, of: [Double]()) == nil)
    }

    /// The quantile of an exponential distribution is known; its interval must cover it as often as it says.
    @Test(arguments: [(0.5, 40), (0.9, 100), (0.99, 1000)])
    func quantileIntervalsCover(probability: Double, count: Int) throws {
        var random = SplitMix64(seed: 20_261)
        let truth = -log(1 - probability)
        let trials = 1000
        var covered = 0
        for _ in 0..<trials {
            let samples = (0..<count).map { _ in -log(1 - random.unit()) }
            if try #require(QuantileEstimate(probability, of: samples)).interval.contains(truth) { covered += 1 }
        }
        // At least the level, by construction; three standard errors of 1000 trials are 0.02.
        #expect(Double(covered) / Double(trials) > 0.93)
        #expect(covered < trials)
    }

    /// Samples whose neighbours correlate tell less: the interval must be as much wider, and one that knows nothing of it
    /// covers far too seldom.
    @Test(arguments: [(0.5, 0.0, 300), (0.5, 0.5, 500), (0.5, 0.8, 1000), (0.9, 0.6, 2000), (0.99, 0.5, 6000)])
    func quantileIntervalsOfDependentSamplesCover(probability: Double, correlation: Double, count: Int) throws {
        var random = SplitMix64(seed: 1964)
        let truth = Distributions.inverseNormal(probability)
        let trials = 200
        var (covered, naive) = (0, 0)
        for _ in 0..<trials {
            let samples = Noise.autoregressive(correlation, count: count, &random)
            if try #require(QuantileEstimate(probability, ofSeries: samples)).interval.contains(truth) { covered += 1 }
            if try #require(QuantileEstimate(probability, of: samples)).interval.contains(truth) { naive += 1 }
        }
        let coverage = Double(covered) / Double(trials)
        // Three standard errors of so few trials; `CoverageTests` takes as many as the target of 0.93 to 0.97 needs.
        #expect((0.9...0.99).contains(coverage), "\(coverage)")
        if correlation >= 0.5, probability < 0.99 { #expect(Double(naive) / Double(trials) < 0.9) }
    }

    @Test func meanIntervalsCover() throws {
        var random = SplitMix64(seed: 7)
        let trials = 2000
        var covered = 0
        for _ in 0..<trials {
            let numbers = (0..<8).map { _ in 5 + random.normal() }
            if try #require(MeanEstimate(of: numbers)).interval.contains(5) { covered += 1 }
        }
        #expect(abs(Double(covered) / Double(trials) - 0.95) < 0.02)
    }

    @Test func proportionIntervalsCover() {
        var random = SplitMix64(seed: 11)
        let (chance, count, trials) = (0.85, 60, 2000)
        var wilson = 0
        var exact = 0
        for _ in 0..<trials {
            let successes = (0..<count).filter { _ in random.unit() < chance }.count
            if ProportionInterval.wilson(successes: successes, trials: count).contains(chance) { wilson += 1 }
            if ProportionInterval.clopperPearson(successes: successes, trials: count).contains(chance) { exact += 1 }
        }
        #expect(abs(Double(wilson) / Double(trials) - 0.95) < 0.025)
        #expect(Double(exact) / Double(trials) > 0.94)
        #expect(exact >= wilson)
    }

    @Test func throughputOfKnownRounds() throws {
        // 10 ms and 20 ms a run: 100 and 50 runs a second; t(0.975, 1) = 12.7062, s/√2 = 25.
        let estimate = try #require(
            ThroughputEstimate(rounds: [[10_000_000, 10_000_000], [20_000_000, 20_000_000]]))
        #expect(abs(estimate.value - 75) < 1e-9)
        #expect(abs(estimate.interval.upper - (75 + 12.706_204_736_432_1 * 25)) < 1e-6)
        #expect(estimate.count == 2)
        #expect(ThroughputEstimate(rounds: [[1, 2, 3]]) == nil)
        #expect(ThroughputEstimate(rounds: [[1], []]) == nil)
        let series = try #require(ThroughputEstimate(samples: [Int64](repeating: 1_000_000, count: 107), items: 8))
        #expect(abs(series.value - 8000) < 1e-9)
        #expect(series.count == 20)
    }

    @Test func ratioOfInterleavedBlocks() throws {
        // The machine slows down threefold half way; the ratio of neighbours does not notice.
        let below = (0..<6).map { round in [Int64](repeating: round < 3 ? 1000 : 3000, count: 9) }
        let above = below.map { $0.map { $0 * 2 } }
        let ratio = RatioOfMedians.interleaved(above, over: below)
        #expect(abs(ratio.value - 2) < 1e-12)
        #expect(abs(try #require(ratio.interval).upper - 2) < 1e-9)
        #expect(RatioOfMedians.interleaved([[5]], over: [[4]]).value == 1.25)
        #expect(RatioOfMedians.interleaved([[5]], over: [[4]]).interval == nil)
        #expect(RatioOfMedians.interleaved([], over: []).value.isNaN)
    }

    @Test func ratioIntervalsCover() throws {
        var random = SplitMix64(seed: 99)
        let trials = 600
        var covered = 0
        for _ in 0..<trials {
            var above: [[Int64]] = []
            var below: [[Int64]] = []
            for _ in 0..<8 {
                // Both share the disturbance of the round.
                let disturbance = exp(0.5 * random.normal())
                above.append((0..<11).map { _ in Int64(1.2e6 * disturbance * exp(0.1 * random.normal())) })
                below.append((0..<11).map { _ in Int64(1e6 * disturbance * exp(0.1 * random.normal())) })
            }
            if try #require(RatioOfMedians.interleaved(above, over: below).interval).contains(1.2) { covered += 1 }
        }
        #expect(abs(Double(covered) / Double(trials) - 0.95) < 0.03)
    }
}
