/// The time in which several workers certainly all worked, where each tells its time by the clock of its own machine.
///
/// Times of two machines are never compared as they are: each is first taken to this machine's clock at the bound of the
/// offset that makes the span shorter.
package struct SharedSpan: Sendable, Hashable {
    /// When one worker worked.
    package struct Presence: Sendable, Hashable {
        /// When it began, on its own clock, in nanoseconds.
        let begin: Int64
        /// When it ended, on its own clock, in nanoseconds.
        let end: Int64
        /// How far its clock is ahead of this machine's.
        let clock: ClockOffset

        /// Makes a presence.
        package init(begin: Int64, end: Int64, clock: ClockOffset = .same) {
            self.begin = begin
            self.end = end
            self.clock = clock
        }
    }

    /// When the last worker had certainly begun, on this machine's clock, in nanoseconds.
    package let begin: Int64
    /// Until when certainly none had ended.
    package let end: Int64

    /// From when the last has certainly begun until the first may have ended; `nil` where that is no time.
    package init?(_ workers: [Presence]) {
        guard let begin = workers.map({ $0.begin &- $0.clock.lower }).max(),
            let end = workers.map({ $0.end &- $0.clock.upper }).min(), end > begin
        else { return nil }
        self.begin = begin
        self.end = end
    }

    /// The times of another clock that lie in the span wherever between its bounds the offset is; `nil` where there are none.
    package func on(_ clock: ClockOffset) -> Range<Int64>? {
        let (first, last) = (begin &+ clock.upper, end &+ clock.lower)
        return first < last ? first..<last : nil
    }
}
