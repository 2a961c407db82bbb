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
            let estimate = try #require(QuantileEstimate(percentile.share, ofSeries: times.map(Double.init)))
            #expect(percentile.value == estimate.value && percentile.interval == estimate.interval)
            #expect(percentile.estimate == EarlyStopping(percentile: percentile.share)?.estimate(of: times))
            let independent = try #require(QuantileEstimate(percentile.share, of: times)).interval
            let interval = try #require(percentile.interval)
            #expect(interval.lower <= independent.lower && interval.upper >= independent.upper)
        }
        #expect(summary.count == 5000 && summary.least == Double(times.min() ?? 0))
        #expect(abs(summary.mean / 1e6 - 1) < 0.1)
        #expect(summary.rarest == 5000 / 6.64)
    }

    /// Exponential times that stay the same for some queries each.
    private func runs(_ distinct: Int, of length: Int, seed: UInt64 = 4) -> [Int64] {
        exponential(distinct, seed: seed).flatMap { Array(repeating: $0, count: length) }
    }

    /// 4000 times of which ten neighbours each are equal are worth 400, and have the interval of the median of so many: from
    /// the 180th to the 221st, a tenth of the distribution.
    @Test func dependentTimesHaveTheIntervalOfTheIndependentOnes() throws {
        let trials = 40
        var (worth, width) = (0.0, 0.0)
        for trial in 0..<trials {
            let times = runs(400, of: 10, seed: UInt64(100 + trial))
            let median = try #require(LatencySummary(times, percentiles: [0.5])).percentiles[0]
            let interval = try #require(median.interval)
            #expect(interval.method == "order-statistics-ess")
            worth += Double(try #require(median.independentQueries)) / Double(trials)
            width += (exp(-interval.lower / 1e6) - exp(-interval.upper / 1e6)) / Double(trials)
        }
        #expect(abs(worth / 400 - 1) < 0.15, "\(worth)")
        #expect(abs(width / (41.0 / 401) - 1) < 0.15, "\(width)")
    }

    /// Of 2¹⁷ times the first half is independent and the second comes in runs of 64, so that the variance of a share is
    /// (1 + 64)/2 times that of independent times: what begins late in a long run counts as well.
    @Test func dependenceThatBeginsLateIsSeen() throws {
        let half = 1 << 16
        let times = exponential(half) + runs(half / 64, of: 64, seed: 5)
        let median = try #require(LatencySummary(times, percentiles: [0.5])).percentiles[0]
        let worth = Double(try #require(median.independentQueries))
        #expect(abs(worth / (Double(2 * half) / 32.5) - 1) < 0.2, "\(worth)")
        let independent = try #require(LatencySummary(exponential(2 * half), percentiles: [0.5])).percentiles[0]
        #expect(try #require(independent.independentQueries) > 9 * 2 * half / 10)
    }

    /// 8000 times in runs of 40 are worth 200: enough for the 90th percentile, which takes 36, and too few for the 99th, which
    /// takes 368, though early stopping, which takes them for independent, has an estimate.
    @Test func noPercentileWithoutIndependentTimes() throws {
        let summary = try #require(LatencySummary(runs(200, of: 40), percentiles: [0.5, 0.9, 0.99]))
        #expect(summary.percentiles[0].value != nil && summary.percentiles[1].value != nil)
        let p99 = summary.percentiles[2]
        #expect(p99.value == nil && p99.interval == nil && p99.neededQueries == 368)
        #expect((50...367).contains(try #require(p99.independentQueries)), "\(p99)")
        #expect(p99.estimate == EarlyStopping(percentile: 0.99)?.estimate(of: runs(200, of: 40)))
        #expect(abs(summary.rarest - 10) < 1e-9, "the curve ends at the 90th percentile")
    }

    /// What only rises has no percentile, however long it goes on.
    @Test(arguments: [400, 20_000])
    func aRampHasNoPercentile(count: Int) throws {
        let summary = try #require(LatencySummary((0..<count).map(Int64.init), percentiles: [0.5, 0.9, 0.99]))
        #expect(summary.percentiles.allSatisfy { $0.value == nil && $0.interval == nil && $0.neededQueries > 0 })
        #expect(summary.rarest == 1 && summary.histogram.curve(until: summary.rarest).isEmpty)
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
