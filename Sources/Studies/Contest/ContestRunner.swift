import Assets
import Engines
import Measurement
import Tensors

/// A worker that is ready to take turns: what it is fed, and how fast it is, roughly.
///
/// The pace decides how many runs make a sample and a turn, and how long the added work is.
struct ContestRunner: Sendable {
    let seat: StackSeat
    /// The inputs in the order in which the engine lists them.
    let inputs: [Tensor]
    /// Time of one run, in nanoseconds, without added work.
    let nanoseconds: Double
    /// Work added after each run.
    let added: Duration
    /// Runs in one sample.
    let batch: Int
    /// How the warm-up went.
    let warmup: WarmUpReport

    /// Runs the model until it has settled and looks how long it takes.
    ///
    /// - Parameters:
    ///   - warmup: how long it runs at least before its time is taken; ten times as long where the run times do not settle.
    ///   - sample: how long one sample is to be at least, so that reading the clock is nothing.
    ///   - addedWork: work added after each run, as a share of a run.
    /// - Throws: `WorkerError`.
    init(
        _ seat: StackSeat, _ inputs: [NamedTensor], warmup: Duration = .milliseconds(20),
        sample: Duration = .microseconds(200), addedWork: Double = 0, limit: Duration
    ) async throws(WorkerError) {
        self.seat = seat
        self.inputs = seat.ordered(inputs)
        let longest = warmup * WarmUpReport.mostTimesLeast
        let request = MeasureJob.Request(
            model: seat.loaded.id, inputs: self.inputs, warmup: longest, warmupRuns: 1, duration: warmup / 2,
            maximumSamples: 100, settles: true, leastWarmup: warmup)
        let response = try await seat.client.perform(MeasureJob.self, request, limit: limit * 2 + longest * 4)
        self.warmup = response.warmup
        nanoseconds = max(Selection.median(of: response.samples) ?? 1, 1)
        added = .nanoseconds(Int64(min(max(nanoseconds * addedWork, 0), 1e12)))
        batch = Int(min(max(sample / .nanoseconds(1) / nanoseconds, 1), 10_000))
    }

    /// Samples at the beginning of a turn that are not kept, since others have emptied the caches.
    ///
    /// A long run fills them itself.
    var warmupRuns: Int { nanoseconds > 5e7 ? 0 : 1 }

    /// Time of one turn in nanoseconds.
    func turn(_ burst: Duration) -> Double {
        let sample = (nanoseconds + added / .nanoseconds(1)) * Double(batch)
        return max(burst / .nanoseconds(1), sample) + Double(warmupRuns) * sample + 2e6
    }
}
