/// What several workers got done in the time in which all of them ran.
///
/// Outside of it some of them had the machine to themselves. A run that only partly lies in it counts by that part, so that
/// the rate does not depend on where runs happen to begin. Workers of several machines are counted each on its own clock, in
/// the part of its time that lies in the shared time for certain.
package struct SharedWindow: Sendable {
    /// What one worker did.
    package struct Series: Sendable {
        /// When its first sample began, on the monotonic clock of its machine, in nanoseconds.
        let begin: Int64
        /// From then to the end of its last sample, in nanoseconds.
        let elapsed: Int64
        /// The times of its samples in nanoseconds, in order.
        let samples: [Int64]
        /// Runs in one sample.
        let batch: Int
        /// How far its clock is ahead of this machine's.
        let clock: ClockOffset

        /// Makes a series.
        package init(begin: Int64, elapsed: Int64, samples: [Int64], batch: Int = 1, clock: ClockOffset = .same) {
            self.begin = begin
            self.elapsed = elapsed
            self.samples = samples
            self.batch = batch
            self.clock = clock
        }

        fileprivate var presence: SharedSpan.Presence {
            SharedSpan.Presence(begin: begin, end: begin &+ elapsed, clock: clock)
        }
    }

    /// Runs a second of all workers together.
    package let throughput: Double
    /// How long all of them ran for certain, in nanoseconds.
    package let duration: Int64
    /// The times of single runs that lay in the window by half or more, in nanoseconds.
    package let runs: [Int64]

    /// Finds the window; `nil` where there is no time in which all ran for certain.
    package init?(_ series: [Series]) {
        guard let span = SharedSpan(series.map(\.presence)) else { return nil }
        var throughput = 0.0
        var runs: [Int64] = []
        for worker in series {
            let total = worker.samples.reduce(0, +)
            guard total > 0, let window = span.on(worker.clock) else { return nil }
            let (begin, end) = (Double(window.lowerBound &- worker.begin), Double(window.upperBound &- worker.begin))
            // Between samples the clock is read: time that belongs to none of them, shared out evenly.
            let stretch = Double(worker.elapsed) / Double(total)
            var time = 0.0
            var count = 0.0
            for sample in worker.samples where sample > 0 {
                let next = time + Double(sample) * stretch
                let share = max(0, min(next, end) - max(time, begin)) / (next - time)
                count += share * Double(worker.batch)
                if share >= 0.5 { runs.append((sample + Int64(worker.batch) / 2) / Int64(worker.batch)) }
                time = next
            }
            throughput += count * 1e9 / (end - begin)
        }
        guard !runs.isEmpty else { return nil }
        duration = span.end &- span.begin
        self.throughput = throughput
        self.runs = runs
    }
}
