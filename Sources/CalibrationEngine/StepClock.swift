import CMachinePeaks
import Engines

/// Time told by a chain of additions, each of which waits for the one before: it passes more slowly where the processor does.
enum StepClock {
    /// Steps a nanosecond on the processor as it is now: the best of some trials, since others can only take time away.
    static func calibrated() -> Double {
        let steps: Int64 = 200_000
        var best = 0.0
        for _ in 0..<20 {
            let start = MonotonicClock.now()
            run(steps)
            best = max(best, Double(steps) / Double(max(MonotonicClock.now() - start, 1)))
        }
        return best
    }

    /// Takes so many steps.
    static func run(_ steps: Int64) { assay_dependent_chain(max(steps, 1)) }
}
