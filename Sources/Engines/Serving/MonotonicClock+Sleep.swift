import Foundation

extension MonotonicClock {
    /// Sleeps for so many nanoseconds; a signal, or a clock that is slewed, may end it a little early.
    package static func sleep(nanoseconds: Int64) {
        guard nanoseconds > 0 else { return }
        var time = timespec()
        time.tv_sec = Int(nanoseconds / 1_000_000_000)
        time.tv_nsec = Int(nanoseconds % 1_000_000_000)
        nanosleep(&time, nil)
    }
}
