import Engines

/// Reads the clock between the steps of a plan, one reading a step and one before the first.
final class StepRecorder {
    private let stepCount: Int
    /// `stepCount + 1` readings a run; the last run may have broken off.
    private var readings: [Int64] = []

    /// Memory for so many runs is there from the start; more are recorded all the same.
    private static let preparedRuns = 256

    init(stepCount: Int) {
        self.stepCount = stepCount
        readings.reserveCapacity((stepCount + 1) * Self.preparedRuns)
    }

    /// Runs the steps in order.
    ///
    /// - Throws: what a step throws; the run is not recorded then.
    func run(_ steps: [any BoundStep]) throws(EngineError) {
        let begin = readings.count
        readings.append(MonotonicClock.now())
        do throws(EngineError) {
            for step in steps {
                try step.run()
                readings.append(MonotonicClock.now())
            }
        } catch {
            readings.removeSubrange(begin...)
            throw error
        }
    }

    /// What was recorded since the last call, starts on the monotonic clock.
    func takeSpans() -> [EngineProfile.Span] {
        var spans: [EngineProfile.Span] = []
        for first in stride(from: 0, to: readings.count, by: stepCount + 1) {
            for step in 0..<stepCount {
                let start = readings[first + step]
                spans.append(
                    EngineProfile.Span(step: step, start: start, duration: readings[first + step + 1] - start))
            }
        }
        readings.removeAll(keepingCapacity: true)
        return spans
    }
}
