import Engines
import Measurement
import Tensors

extension MeasureSpec {
    /// Times a loaded model for one round, in nanoseconds.
    ///
    /// - Parameters:
    ///   - isFirst: whether the session has to warm up; later rounds run a tenth of their time before anything is kept.
    ///   - batch: runs in one sample.
    ///   - limit: how long one run may take.
    /// - Throws: `WorkerError`.
    func round(
        of model: LoadedModel, _ inputs: [Tensor], in client: WorkerClient, isFirst: Bool, batch: Int = 1,
        limit: Duration
    ) async throws(WorkerError) -> [Int64] {
        let request = MeasureJob.Request(
            model: model.id, inputs: inputs, warmup: isFirst ? warmup : duration / 10, duration: duration,
            maximumSamples: samples, batch: batch)
        return try await client.perform(MeasureJob.self, request, limit: limit + duration * 4 + warmup * 4).samples
    }

    /// Times a loaded model for one round and reads the machine between blocks of runs; the first round waits until the run
    /// times have settled.
    ///
    /// - Parameters:
    ///   - isFirst: whether the session has to warm up; later rounds run a tenth of their time before anything is kept.
    ///   - limit: how long one run may take.
    /// - Throws: `WorkerError`.
    func watchedRound(
        of model: LoadedModel, _ inputs: [Tensor], in client: WorkerClient, isFirst: Bool, limit: Duration
    ) async throws(WorkerError) -> MeasureJob.Response {
        let request = MeasureJob.Request(
            model: model.id, inputs: inputs, warmup: isFirst ? warmup : duration / 10, duration: duration,
            maximumSamples: samples, settles: isFirst, block: max(duration / 6, .milliseconds(10)))
        return try await client.perform(MeasureJob.self, request, limit: limit + duration * 4 + warmup * 4)
    }

    /// So many runs in one sample that it takes some 20 µs, against which reading the clock is nothing.
    static func batch(forRunsOf duration: Duration) -> Int {
        let nanoseconds = max(duration / .nanoseconds(1), 1)
        return Int(min(max(20_000 / nanoseconds, 1), 1_000))
    }
}

extension [Int64] {
    /// The times of single runs, rounded, from samples of `batch` runs each.
    func divided(among batch: Int) -> [Int64] {
        let divisor = Int64(batch)
        return map { ($0 + divisor / 2) / divisor }
    }
}
