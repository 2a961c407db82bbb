import Foundation
import Measurement
import Records
import Tensors
import Testing

/// Decisions on a bound, and the search for the highest rate that keeps it.
@Suite struct RateSearchTests {
    private func search(
        from start: Double, precision: Double = 0.05, mostTrials: Int = 24, _ decide: (Double) -> BoundDecision
    ) -> RateSearch {
        var search = RateSearch(from: start, precision: precision, mostTrials: mostTrials)
        while let rate = search.next { search.record(rate, decide(rate)) }
        return search
    }

    @Test(arguments: [1, 37, 512, 90_000] as [Double], [0.01, 512, 1e6] as [Double])
    func theEndsCloseInOnTheTruth(truth: Double, start: Double) throws {
        let search = search(from: start, mostTrials: 60) { $0 <= truth ? .holds : .fails }
        let interval = try #require(search.interval)
        #expect(interval.lower <= truth && truth < interval.upper, "\(interval)")
        #expect(interval.upper / interval.lower <= 1.05)
        #expect(search.highestHeld == interval.lower && search.lowestFailed == interval.upper)
    }

    /// What stays undecided narrows the rate that is told, and leaves the interval wide.
    @Test func undecidedRatesStayInTheInterval() throws {
        let search = search(from: 10) { $0 <= 90 ? .holds : $0 <= 120 ? .undecided : .fails }
        let interval = try #require(search.interval)
        #expect(interval.lower <= 90 && interval.lower >= 85 && interval.upper > 120)
    }

    @Test func nothingHolds() {
        let search = search(from: 8) { _ in .fails }
        #expect(search.highestHeld == nil && search.interval == nil && (search.lowestFailed ?? 1) < 1e-4)
        #expect(search.isHopeless)
        // Where low rates stay undecided, one of them may hold.
        #expect(!self.search(from: 8) { $0 > 1 ? .fails : .undecided }.isHopeless)
        #expect(!self.search(from: 8) { $0 > 1 ? .fails : .holds }.isHopeless)
    }

    @Test func everythingHolds() {
        let search = search(from: 8) { _ in .holds }
        #expect(search.lowestFailed == nil && search.interval == nil && search.trials.count == 24)
    }

    /// A rate that held above one that failed is not believed.
    @Test func contradictionsAreResolvedDownwards() {
        var search = RateSearch(from: 100)
        search.record(100, .holds)
        search.record(200, .holds)
        search.record(150, .fails)
        #expect(search.highestHeld == 100 && search.lowestFailed == 150)
    }

    /// The count at which a bound fails is where the binomial tail falls below one in a hundred.
    @Test(arguments: [0.9, 0.99]) func failingCountsAreExact(share: Double) throws {
        let rule = try #require(EarlyStopping(percentile: share))
        for queries in [50, 459, 2000] {
            // The upper tail, summed from the other side.
            var chance = pow(share, Double(queries))
            var below = 0.0
            var least = 0
            while 1 - below > 0.01 {
                below += chance
                chance *= Double(queries - least) / Double(least + 1) * (1 - share) / share
                least += 1
            }
            #expect(rule.overLatencyThatFails(queries: queries) == least, "\(queries)")
            #expect(rule.isExceeded(queries: queries, overLatency: least))
            #expect(!rule.isExceeded(queries: queries, overLatency: least - 1))
        }
        #expect(rule.overLatencyThatFails(queries: 0) == nil)
    }

    @Test func decisions() throws {
        let rule = try #require(EarlyStopping(percentile: 0.99))
        #expect(BoundDecision(rule, queries: 662, overBound: 1) == .holds)
        #expect(BoundDecision(rule, queries: 661, overBound: 1) == .undecided)
        #expect(BoundDecision(rule, queries: 1000, overBound: 30) == .fails)
        #expect(BoundDecision(rule, queries: 10, overBound: 0) == .undecided)
    }

    /// With a true share just at the percentile, each of the wrong decisions comes at most once in a hundred.
    @Test func wrongDecisionsAreRare() throws {
        let rule = try #require(EarlyStopping(percentile: 0.9))
        var random = SplitMix64(seed: 31)
        var counts: [BoundDecision: Int] = [:]
        let trials = 4000
        for _ in 0..<trials {
            let over = (0..<400).count { _ in random.unit() < 0.1 }
            counts[BoundDecision(rule, queries: 400, overBound: over), default: 0] += 1
        }
        // 1 % of 4000 is 40; three standard deviations more are 59.
        for decision in [BoundDecision.holds, .fails] {
            #expect((5...59).contains(counts[decision] ?? 0), "\(decision): \(counts)")
        }
    }
}
