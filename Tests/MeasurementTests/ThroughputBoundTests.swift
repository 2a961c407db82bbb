import Measurement
import Records
import Testing

@Suite struct ThroughputBoundTests {
    /// Two rounds so unequal that Student's interval alone would reach below zero.
    @Test func aRateIsNeverNegative() throws {
        let rounds: [[Int64]] = [[1_000_000], [100_000_000]]
        let estimate = try #require(ThroughputEstimate(rounds: rounds))
        #expect(estimate.interval.lower == 0)
        #expect(estimate.interval.upper > estimate.value)
        // Equal rounds leave no room at all.
        let steady = try #require(ThroughputEstimate(rounds: [[1_000_000], [1_000_000], [1_000_000]]))
        #expect(steady.interval.lower == 1000 && steady.interval.upper == 1000)
    }
}
