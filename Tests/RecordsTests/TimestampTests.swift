import Foundation
import Records
import Testing

@Suite("Moments")
struct TimestampTests {
    @Test(
        "moments read and write as RFC 3339",
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (951_782_400_000, "2000-02-29T00:00:00.000Z"),
            (1_785_319_872_345, "2026-07-29T10:11:12.345Z"), (-1, "1969-12-31T23:59:59.999Z"),
            (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
        ] as [(Int64, String)])
    func text(milliseconds: Int64, text: String) {
        #expect(Timestamp(milliseconds: milliseconds).description == text)
        #expect(Timestamp(text)?.milliseconds == milliseconds)
    }

    @Test(
        "texts that are no moments are refused",
        arguments: ["2026-02-30T00:00:00Z", "2026-07-29", "", "2026-07-29T25:00:00Z", "2026-07-29T10:11:12.345+"])
    func refusals(text: String) {
        #expect(Timestamp(text) == nil)
    }

    @Test("names of records are in the order of time")
    func names() {
        let early = RecordID(created: Timestamp(milliseconds: 1_785_319_872_345), random: 0xff_4f3a9c)
        #expect(early.rawValue == "20260729-101112-4f3a9c")
        #expect(early < RecordID(created: Timestamp(milliseconds: 1_785_319_873_345), random: 0))
        #expect(RecordID(rawValue: "../etc") == nil)
        #expect(RecordID(rawValue: "") == nil)
    }

    @Test("quantiles interpolate as Hyndman and Fan's type 7")
    func quantiles() {
        // numpy.quantile([1, 2, 3, 4, 10], [0, .25, .5, .9, 1]) = [1, 2, 3, 7.6, 10]
        let series = DistributionChart.Series("s", samples: [10, 3, .nan, 1, 4, 2])
        #expect(series.count == 5)
        #expect(series.quantile(0) == 1)
        #expect(series.quantile(0.25) == 2)
        #expect(series.quantile(0.5) == 3)
        #expect(abs((series.quantile(0.9) ?? 0) - 7.6) < 1e-12)
        #expect(series.quantile(1) == 10)
        #expect(DistributionChart.Series("none", samples: []).quantile(0.5) == nil)
    }
}
