import Records
import TestKit
import Testing

/// What varies from run to run leaves the digest alone, and nothing else does.
@Suite struct ComparableDigestTests {
    private func digest(_ metric: Metric) throws -> Digest {
        var record = SampleRecord.record
        record.metrics.append(metric)
        return try record.comparableDigest()
    }

    private func measured(_ value: Double, count: Int) -> Metric {
        Metric("latency.p99", value, .nanoseconds, count: count)
    }

    private func missing(_ reason: String) -> Metric {
        Metric("latency.p99", unavailable: reason, unit: .nanoseconds)
    }

    /// A busy machine fits fewer runs into a round: the quantile may be there, or be missing for another count.
    @Test func timesAndTheirAbsenceAreLeftOut() throws {
        let first = try digest(measured(5, count: 900))
        #expect(try digest(measured(7, count: 800)) == first)
        #expect(try digest(missing("150 runs are too few")) == first)
        #expect(try digest(missing("141 runs are too few")) == first)
    }

    @Test func everythingElseCounts() throws {
        let first = try digest(measured(5, count: 900))
        #expect(try digest(Metric("latency.p90", 5, .nanoseconds, count: 900)) != first)
        #expect(try digest(Metric("latency.p99", 5, .nanoseconds, count: 900, modelled: true)) != first)
        let missing = { try self.digest(Metric("share", unavailable: $0, unit: .fraction)) }
        #expect(try missing("no data") != missing("no labels"))
        #expect(try digest(Metric("share", 0.5, .fraction)) != digest(Metric("share", 0.6, .fraction)))
    }
}
