import CMachinePeaks
import Engines

/// The frequency of the core, told by a chain of additions that takes a cycle each.
///
/// It sees throttling where the machine counts none, as virtual machines do not.
enum FrequencyProbe {
    /// About 10 µs each.
    private static let steps: Int64 = 32_768

    /// Steps a nanosecond: the best of four, since an interruption only makes one slower.
    static func rate() -> Double {
        var best = 0.0
        for _ in 0..<4 {
            let start = MonotonicClock.now()
            let done = assay_dependent_chain(steps)
            best = max(best, Double(done) / Double(max(MonotonicClock.now() - start, 1)))
        }
        return best
    }
}
