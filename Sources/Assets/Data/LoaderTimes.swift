/// Where the time of a run went: in loading, and in waiting for it.
public struct LoaderTimes: Sendable, Hashable {
    /// Samples delivered.
    public internal(set) var delivered = 0
    /// Time spent reading, summed over the threads.
    public internal(set) var reading = Duration.zero
    /// Time spent in each step of the pipeline, summed over the threads.
    public internal(set) var steps: [LoaderStepTime] = []
    /// Time the consumer waited for a sample.
    public internal(set) var waiting = Duration.zero
    /// Time the consumer spent between samples: prediction and what belongs to it.
    public internal(set) var consuming = Duration.zero

    /// Time spent loading, summed over the threads.
    public var busy: Duration { steps.reduce(reading) { $0 + $1.time } }

    /// The share of the loading time that the consumer did not wait for, 0 to 1; `nil` before anything was loaded.
    public var overlap: Double? {
        let loading = busy / .seconds(1)
        guard loading > 0 else { return nil }
        return max(0, 1 - (waiting / .seconds(1)) / loading)
    }
}
