import Foundation
import Measurement
import Tensors
import Testing

/// Schedules against the distributions that they are to follow.
@Suite struct ArrivalTests {
    private func gaps(_ schedule: ArrivalSchedule) -> [Double] {
        zip(schedule.offsets.dropFirst(), schedule.offsets).map { Double($0 - $1) }
    }

    private func schedule(
        _ arrivals: Arrivals, rate: Double, count: Int, seed: UInt64 = 7, burst: Int = 1
    ) throws -> ArrivalSchedule {
        let extent = ArrivalSchedule.Extent(nanoseconds: 0, queries: count, mostQueries: 1_000_000)
        return try #require(ArrivalSchedule(arrivals, rate: rate, burst: burst, extent: extent, seed: seed))
    }

    /// Kolmogorov's distance from the exponential distribution: above 1.95/√n in one case in a thousand.
    @Test(arguments: [1, 2, 3, 4, 5] as [UInt64]) func gapsOfPoissonAreExponential(seed: UInt64) throws {
        let rate = 1000.0
        let gaps = gaps(try schedule(.poisson, rate: rate, count: 20_001, seed: seed)).sorted()
        let n = Double(gaps.count)
        var distance = 0.0
        for (index, gap) in gaps.enumerated() {
            let share = 1 - exp(-gap * rate / 1e9)
            distance = max(distance, abs(share - Double(index) / n), abs(share - Double(index + 1) / n))
        }
        #expect(distance < 1.95 / n.squareRoot(), "seed \(seed): \(distance * n.squareRoot())")
    }

    /// Counts in equal windows are Poisson: chi-square over the counts 0 to 8, and neighbouring gaps are unrelated.
    @Test func countsOfPoissonFollowItsDistribution() throws {
        let mean = 3.0
        let schedule = try schedule(.poisson, rate: 1000, count: 60_000, seed: 11)
        let width = Int64(mean * 1e6)
        var counts: [Int64: Int] = [:]
        for offset in schedule.offsets { counts[offset / width, default: 0] += 1 }
        let windows = Int((schedule.offsets.last ?? 0) / width)
        var observed = [Double](repeating: 0, count: 10)
        for window in 0..<windows { observed[min(counts[Int64(window)] ?? 0, 9)] += 1 }
        var expected: [Double] = []
        var chance = exp(-mean)
        for count in 0..<9 {
            expected.append(chance * Double(windows))
            chance *= mean / Double(count + 1)
        }
        expected.append(Double(windows) - expected.reduce(0, +))
        let chiSquare = zip(observed, expected).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) / $1.1 }
        // Nine degrees of freedom: above 27.9 in one case in a thousand.
        #expect(chiSquare < 27.9, "\(chiSquare)")
        let gaps = gaps(schedule)
        let average = gaps.reduce(0, +) / Double(gaps.count)
        let products = zip(gaps, gaps.dropFirst()).map { ($0 - average) * ($1 - average) }
        let variance = gaps.reduce(0) { $0 + ($1 - average) * ($1 - average) }
        let correlation = products.reduce(0, +) / variance
        #expect(abs(correlation) < 3.3 / Double(gaps.count).squareRoot(), "\(correlation)")
    }

    /// The test of the gaps can fail: those of constant arrivals are no exponential.
    @Test func constantArrivalsAreEven() throws {
        let schedule = try schedule(.constant, rate: 3, count: 1000)
        #expect(schedule.offsets.first == 0)
        #expect(schedule.offsets[999] == 333_000_000_000)
        #expect(gaps(schedule).allSatisfy { abs($0 - 1e9 / 3) <= 1 })
        #expect(abs((schedule.rate ?? 0) - 3) < 1e-6)
    }

    @Test func burstsComeAtOnceAtTheMeanRate() throws {
        let schedule = try schedule(.bursts, rate: 800, count: 40_000, burst: 8)
        let times = Set(schedule.offsets)
        #expect(times.count == schedule.offsets.count / 8)
        #expect(abs((schedule.rate ?? 0) / 800 - 1) < 0.05)
    }

    @Test func sameSeedSameSchedule() throws {
        #expect(try schedule(.poisson, rate: 5, count: 500) == schedule(.poisson, rate: 5, count: 500))
        #expect(try schedule(.poisson, rate: 5, count: 500) != schedule(.poisson, rate: 5, count: 500, seed: 8))
    }

    /// As in LoadGen a run goes on until both the time and the number are reached, and never beyond the largest number.
    @Test func extentTakesTimeAndNumber() throws {
        func count(_ nanoseconds: Int64, _ queries: Int, _ most: Int = 100_000) throws -> Int {
            let extent = ArrivalSchedule.Extent(nanoseconds: nanoseconds, queries: queries, mostQueries: most)
            return try #require(ArrivalSchedule(.constant, rate: 1000, extent: extent, seed: 1)).offsets.count
        }
        #expect(try count(1_000_000_000, 10) == 1001)
        #expect(try count(1_000_000, 500) == 500)
        #expect(try count(1_000_000_000, 10, 100) == 100)
    }

    @Test func tracesAreScaledAndCut() throws {
        let trace = try #require(ArrivalSchedule(offsets: [0, 1_000_000_000, 4_000_000_000]))
        #expect(abs((trace.rate ?? 0) - 0.5) < 1e-12)
        let fast = try #require(trace.scaled(toRate: 5))
        #expect(fast.offsets == [0, 100_000_000, 400_000_000])
        #expect(trace.prefix(2, until: .max).offsets.count == 2)
        #expect(trace.prefix(3, until: 2_000_000_000).offsets.count == 2)
    }

    @Test func whatMakesNoSchedule() {
        #expect(ArrivalSchedule(offsets: [1, 0]) == nil)
        #expect(ArrivalSchedule(offsets: [-1]) == nil)
        let extent = ArrivalSchedule.Extent(nanoseconds: 1, queries: 1, mostQueries: 1)
        for rate in [0, -1, .nan, .infinity] as [Double] {
            #expect(ArrivalSchedule(.poisson, rate: rate, extent: extent, seed: 1) == nil)
        }
        #expect(ArrivalSchedule(.trace, rate: 1, extent: extent, seed: 1) == nil)
        #expect(ArrivalSchedule(offsets: [5, 5])?.scaled(toRate: 2) == nil)
    }
}
