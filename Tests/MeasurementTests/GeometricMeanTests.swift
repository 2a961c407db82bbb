import Foundation
import Measurement
import Records
import Tensors
import Testing

/// The mean of ratios against closed forms, and its interval by how often it covers.
@Suite struct GeometricMeanTests {
    private func ratio(_ numerators: [Int64], over denominator: Int64) -> RatioOfMedians {
        RatioOfMedians.interleaved(numerators.map { [$0] }, over: numerators.map { _ in [denominator] })
    }

    @Test func ratiosThatNeverVary() throws {
        let mean = GeometricMean(of: [ratio([400, 400, 400], over: 100), ratio([100, 100, 100], over: 400)])
        #expect(abs(mean.value - 1) < 1e-12)
        let interval = try #require(mean.interval)
        #expect(abs(interval.lower - 1) < 1e-9 && abs(interval.upper - 1) < 1e-9)
        #expect(mean.count == 2)
    }

    @Test func oneRatioKeepsItsOwnInterval() throws {
        let one = ratio([90, 100, 120, 110], over: 100)
        let mean = GeometricMean(of: [one])
        let (own, other) = (try #require(one.interval), try #require(mean.interval))
        #expect(abs(mean.value - one.value) < 1e-12)
        #expect(abs(own.lower - other.lower) < 1e-6 && abs(own.upper - other.upper) < 1e-6)
    }

    @Test func aRatioWithoutIntervalLeavesNone() {
        #expect(GeometricMean(of: [ratio([100], over: 50)]).interval == nil)
        #expect(GeometricMean(of: []).value.isNaN)
    }

    /// Three ratios of known means with log-normal noise of different width.
    @Test func intervalsCover() throws {
        var random = SplitMix64(seed: 20_262)
        let (truths, widths) = ([0.5, 1.0, 4.0], [0.02, 0.1, 0.3])
        let truth = exp(truths.reduce(0) { $0 + log($1) } / 3)
        var covered = 0
        let trials = 1000
        for _ in 0..<trials {
            let ratios = zip(truths, widths).map { mean, width in
                ratio((0..<8).map { _ in Int64(1e6 * mean * exp(width * random.normal())) }, over: 1_000_000)
            }
            if try #require(GeometricMean(of: ratios).interval).contains(truth) { covered += 1 }
        }
        #expect((0.92...0.98).contains(Double(covered) / Double(trials)), "\(covered) of \(trials)")
    }
}
