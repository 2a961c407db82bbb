/// A pause of the whole engine once a period: whatever run is under way stands still, and one that would begin waits.
package struct Stall: Sendable, Hashable {
    /// How long, in nanoseconds.
    package var length: Int64
    /// From one beginning to the next, in nanoseconds; the first stall begins one period after the first run.
    package var period: Int64

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
        var end = begin + work
        var next = (begin / period + 1) * period
        while end > next {
            end += length
            next += period
        }
        return end
    }
}
