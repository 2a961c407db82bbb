/// A pause of the whole engine once a period: whatever run is under way stands still, and one that would begin waits.
package struct Stall: Sendable, Hashable {
    /// How long, in nanoseconds.
    package var length: Int64
    /// From one beginning to the next, in nanoseconds; the first stall begins one period after the first run.
    package var period: Int64

    /// Some 73 years: what would end later does not end, and times can still be added to it.
    private static let latest: Int64 = 1 << 61

    /// Describes a stall.
    package init(length: Int64, period: Int64) {
        self.length = length
        self.period = period
    }

    /// When a run ends that begins at `start` and needs `work`, both in nanoseconds since the first run.
    package func end(start: Int64, work: Int64) -> Int64 {
        var begin = start
        // The window that this moment may lie in; there is none in the first period.
        let window = start / period * period
        if window > 0, start < window + length { begin = window + length }
        // Until the next stall, then between any two, there is so much time to work.
        let left = (begin / period + 1) * period - begin
        guard work > left else { return begin + work }
        let (stalled, isTooLong) = (1 + (work - left - 1) / (period - length)).multipliedReportingOverflow(by: length)
        return isTooLong ? Self.latest : min(begin + work + min(stalled, Self.latest), Self.latest)
    }
}
