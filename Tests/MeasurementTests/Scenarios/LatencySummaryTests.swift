import Foundation
import Measurement
import Records
import Tensors
import Testing

/// Percentiles that are told only with the samples they need, and the histogram behind the curves.
@Suite struct LatencySummaryTests {
    private func exponential(_ count: Int, seed: UInt64 = 4) -> [Int64] {
        var random = SplitMix64(seed: seed)
        return (0..<count).map { _ in Int64(-1e6 * log(1 - random.unit())) }
    }

    @Test(arguments: [(0.9, 64), (0.95, 130), (0.99, 662), (0.999, 6636)])
    func aPercentileTakesItsQueries(share: Double, needed: Int) throws {
        let short = try #require(LatencySummary(exponential(needed - 1), percentiles: [share])).percentiles[0]
        #expect(short.value == nil && short.interval == nil && short.estimate == nil && short.neededQueries == needed)
        let enough = try #require(LatencySummary(exponential(needed), percentiles: [share])).percentiles[0]
        #expect(enough.value != nil && enough.estimate != nil && enough.neededQueries == 0)
        #expect((enough.estimate ?? 0) >= (enough.value ?? .infinity))
    }

    @Test func percentilesAgreeWithTheEstimatesOfTheModule() throws {
        let times = exponential(5000)
        let summary = try #require(LatencySummary(times, percentiles: [0.5, 0.9, 0.99]))
        for percentile in summary.percentiles {
            let estimate = try #require(QuantileEstimate(percentile.share, of: times))
            #expect(percentile.value == estimate.value)
            #expect(percentile.estimate == EarlyStopping(percentile: percentile.share)?.estimate(of: times))
            let interval = try #require(percentile.interval)
            #expect(interval.lower <= estimate.interval.lower && interval.upper >= estimate.interval.upper)
        }
        #expect(summary.count == 5000 && summary.least == Double(times.min() ?? 0))
        #expect(abs(summary.mean / 1e6 - 1) < 0.1)
    }

    /// Times that stay the same for a hundred queries count a hundredth: the interval is about ten times wider.
    @Test func dependentTimesWidenTheInterval() throws {
        let independent = exponential(40_000)
        let dependent = exponential(400).flatMap { Array(repeating: $0, count: 100) }
        func width(_ times: [Int64]) throws -> Double {
            let summary = try #require(LatencySummary(times, percentiles: [0.5]))
            let interval = try #require(summary.percentiles[0].interval)
            return interval.upper - interval.lower
        }
        let ratio = try width(dependent) / width(independent)
        #expect((5...20).contains(ratio), "\(ratio)")
    }

    @Test func noTimesNoSummary() { #expect(LatencySummary([], percentiles: [0.5]) == nil) }

    /// Every time is found again within a thousandth, however short or long, and none is lost.
    @Test func theHistogramLosesNothing() {
        let times: [Int64] = [0, 1, 999, 1000, 2047, 2048, 123_456_789, 59_000_000_000, -5]
        let histogram = LatencyHistogram(times)
        #expect(histogram.total == times.count && histogram.clamped == 0)
        for time in times {
            let fits = histogram.values.contains { $0 >= time && Double($0) <= Double(max(time, 0)) * 1.001 + 0.5 }
            #expect(fits, "\(time)")
        }
        #expect(LatencyHistogram([]).values.isEmpty)
    }

    /// What is beyond an hour is clamped and said, and sums beyond 64 bits do no harm.
    @Test func timesBeyondTheRangeAreSaid() {
        let histogram = LatencyHistogram([Int64](repeating: .max, count: 1000) + [5])
        #expect(histogram.clamped == 1000 && histogram.total == 1001)
        #expect(histogram.values.count == 2)
        #expect(Double(histogram.values[1]) >= 3.6e12 && Double(histogram.values[1]) <= 3.6e12 * 1.001)
    }

    @Test func theCurveFollowsTheDistribution() {
        let times = exponential(200_000)
        let curve = LatencyHistogram(times).curve(until: 10_000)
        #expect(curve.count == 80)
        for place in curve where place.share <= 0.999 {
            // The quantile of the exponential distribution is −ln(1 − p).
            let expected = 1e6 * log(place.rarity)
            #expect(abs(place.time / expected - 1) < 0.08, "\(place)")
        }
        #expect(zip(curve, curve.dropFirst()).allSatisfy { $0.time <= $1.time && $0.share < $1.share })
        #expect(LatencyHistogram([]).curve(until: 100).isEmpty)
    }
}
