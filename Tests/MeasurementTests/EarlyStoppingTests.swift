import Foundation
import Measurement
import Tensors
import Testing

/// MLPerf's rule against its published counts, closed forms and simulation.
@Suite struct EarlyStoppingTests {
    /// The least numbers of queries for 0, 1, 2, 5, 10 and 100 queries over the bound at 99 % confidence.
    @Test(arguments: [
        (0.9, [44, 64, 81, 127, 197, 1246]), (0.95, [90, 130, 165, 259, 398, 2504]),
        (0.97, [152, 219, 277, 433, 667, 4182]), (0.99, [459, 662, 838, 1307, 2010, 12571]),
        (0.999, [4603, 6636, 8403, 13105, 20140, 125_826]),
    ])
    func minimumCounts(percentile: Double, expected: [Int]) throws {
        let rule = try #require(EarlyStopping(percentile: percentile))
        for (over, count) in zip([0, 1, 2, 5, 10, 100], expected) {
            #expect(rule.minimumQueries(overLatency: over) == count)
            #expect(rule.isSufficient(queries: count, overLatency: over))
            #expect(!rule.isSufficient(queries: count - 1, overLatency: over))
            #expect(rule.furtherQueries(after: count - 7, overLatency: over) == 7)
            #expect(rule.furtherQueries(after: count + 7, overLatency: over) == 0)
            #expect(rule.overLatencyAllowed(queries: count) == over)
            #expect(rule.overLatencyAllowed(queries: count - 1) == (over == 0 ? nil : over - 1))
        }
    }

    /// Without a query over the bound the chance is p to the power n.
    @Test func noneOverTheBoundIsALogarithm() throws {
        for (percentile, confidence) in [(0.5, 0.9), (0.75, 0.95), (0.98, 0.999)] {
            let rule = try #require(EarlyStopping(percentile: percentile, confidence: confidence))
            let count = Int((log(1 - confidence) / log(percentile)).rounded(.up))
            #expect(rule.minimumQueries(overLatency: 0) == count)
        }
    }

    /// For many queries the binomial distribution is normal: (t + 1/2 − n q)/√(n p q) is −2.3263.
    @Test func manyQueriesFollowTheNormalDistribution() throws {
        let rule = try #require(EarlyStopping(percentile: 0.99))
        for over in [5000, 1_000_000, 10_000_000] {
            let count = Double(rule.minimumQueries(overLatency: over))
            let deviation = (count * 0.01 * 0.99).squareRoot()
            let z = (Double(over) + 0.5 - count * 0.01) / deviation
            // The next term of the expansion is (1 − z²)(q − p)/6 deviations: below 0.72 queries.
            #expect(abs(z + 2.326_347_874) * deviation < 1.5, "\(over): \(count)")
        }
        #expect(rule.minimumQueries(overLatency: .max) == .max)
        #expect(rule.minimumQueries(overLatency: -3) == 459)
    }

    @Test func estimatesDiscardTheLargest() throws {
        let rule = try #require(EarlyStopping(percentile: 0.9))
        #expect(rule.estimate(of: (1...63).map(Double.init)) == nil)
        #expect(rule.estimate(of: (1...64).map(Double.init)) == 64)
        #expect(rule.estimate(of: (1...80).reversed().map(Double.init)) == 80)
        #expect(rule.estimate(of: (1...81).map { Int64($0) }) == 80)
        #expect(rule.estimate(of: (1...127).map(Double.init)) == 123)
        #expect(rule.estimate(of: [Double](repeating: .nan, count: 100)) == nil)
    }

    /// More than 1024 queries over the bound: a limit there would put the estimate at 0.995 instead of 0.9.
    @Test func noLimitOnTheQueriesOverTheBound() throws {
        let rule = try #require(EarlyStopping(percentile: 0.9))
        let samples = (0..<200_000).map { Double($0 * 7919 % 200_000) / 200_000 }
        #expect(try #require(rule.overLatencyAllowed(queries: samples.count)) > 19_000)
        #expect((0.9...0.902).contains(try #require(rule.estimate(of: samples))))
    }

    /// The estimate lies below the true percentile at most once in a hundred, and not never.
    @Test func estimatesAreHardlyEverTooLow() throws {
        var random = SplitMix64(seed: 2027)
        let rule = try #require(EarlyStopping(percentile: 0.9))
        let trials = 3000
        var tooLow = 0
        for _ in 0..<trials {
            let samples = (0..<127).map { _ in random.unit() }
            if try #require(rule.estimate(of: samples)) < 0.9 { tooLow += 1 }
        }
        // The chance of at most t − 1 = 4 over the bound among 127 is 0.0032; the rule speaks of t.
        #expect((1...24).contains(tooLow), "\(tooLow) of \(trials)")
    }

    @Test func rulesThatMakeNoSense() {
        for percentile in [0, 1, -0.5, .nan] as [Double] { #expect(EarlyStopping(percentile: percentile) == nil) }
        #expect(EarlyStopping(percentile: 0.9, confidence: 1) == nil)
    }
}
