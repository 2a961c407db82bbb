import Foundation
import Measurement
import Tensors
import Testing

/// Effective sizes against the closed form of autoregressive series, and standard errors by coverage.
@Suite struct EffectiveSampleSizeTests {
    @Test(arguments: [1, 2, 3, 17, 64, 100])
    func autocovariancesAreSumsOfProducts(count: Int) {
        var random = SplitMix64(seed: UInt64(count))
        let samples = (0..<count).map { _ in 1000 + random.normal() }
        let mean = samples.reduce(0, +) / Double(count)
        let covariances = Autocovariance.all(of: samples)
        #expect(covariances.count == count)
        for lag in 0..<count {
            let sum = (0..<(count - lag)).reduce(0.0) { $0 + (samples[$1] - mean) * (samples[$1 + lag] - mean) }
            #expect(abs(covariances[lag] - sum / Double(count)) < 1e-12, "lag \(lag)")
        }
        #expect(Autocovariance.all(of: []).isEmpty)
    }

    /// n (1 − ρ)/(1 + ρ) samples are worth as much as n, one by one and in blocks of 8.
    @Test(arguments: [-0.5, 0, 0.3, 0.6, 0.9], [8000, 1000])
    func autoregressiveSeriesHaveAClosedForm(correlation: Double, mostBlocks: Int) throws {
        var random = SplitMix64(seed: 314)
        let (count, trials) = (8000, 12)
        var sum = 0.0
        for _ in 0..<trials {
            let series = Noise.autoregressive(correlation, count: count, &random)
            sum += try #require(EffectiveSampleSize(of: series, mostBlocks: mostBlocks)).value / Double(count)
        }
        let expected = (1 - correlation) / (1 + correlation)
        #expect(abs(sum / Double(trials) / expected - 1) < 0.12, "\(sum / Double(trials)), not \(expected)")
    }

    @Test func standardErrorsOfDependentSamplesCover() throws {
        var random = SplitMix64(seed: 2718)
        let trials = 600
        var (covered, naive) = (0, 0)
        for _ in 0..<trials {
            let series = Noise.autoregressive(0.8, count: 2000, &random)
            let mean = series.reduce(0, +) / 2000
            let size = try #require(EffectiveSampleSize(of: series))
            if abs(mean) <= 1.96 * size.standardError { covered += 1 }
            if abs(mean) <= 1.96 / 2000.0.squareRoot() { naive += 1 }
        }
        #expect((0.93...0.97).contains(Double(covered) / Double(trials)), "\(covered) of \(trials)")
        // Who takes the samples for independent is wrong half of the time.
        #expect(Double(naive) / Double(trials) < 0.6)
    }

    @Test func seriesWithoutNoise() throws {
        let constant = try #require(EffectiveSampleSize(of: [Double](repeating: 0.1, count: 50)))
        #expect(constant.value == 50 && constant.autocorrelationTime == 1 && constant.standardError == 0)
        // A drift is worth hardly any sample; an alternation many, but no more than n log n.
        #expect(try #require(EffectiveSampleSize(of: (0..<1000).map { Int64($0) })).value < 5)
        let alternation = try #require(EffectiveSampleSize(of: (0..<1000).map { Double($0 % 2) }))
        #expect(alternation.value > 1000 && alternation.value <= 3000.1)
        #expect(EffectiveSampleSize(of: [1, 2, 3] as [Double]) == nil)
        #expect(EffectiveSampleSize(of: [1, 2, 3, .infinity] as [Double]) == nil)
    }
}
