import Assets
import Engines
import Measurement
import Records

/// Starts workers with the calibration engine and times it.
struct CalibrationBench: Sendable {
    let model: ResolvedModel
    let inputs: [NamedTensor]
    let limits: LimitSpec
    let launcher: Launcher

    /// Starts a worker whose engine behaves as the settings say.
    ///
    /// - Throws: `WorkerError`.
    func start(_ settings: [String: String]) async throws(WorkerError) -> StackSeat {
        let request = StackRequest(BuiltInEngine.calibration, options: EngineOptions(extra: settings))
        return try await StackSeat.start(
            PreparedStack(request: request, title: request.engine), index: 0, model: model, limits: limits,
            launcher: launcher)
    }

    /// Times an engine of known behaviour in a fresh process.
    ///
    /// - Parameters:
    ///   - warmup: how long it runs before anything is kept; nothing at all where zero.
    ///   - block: how long a block of runs is between two readings of the machine; none where zero.
    /// - Throws: `WorkerError`.
    func measure(
        _ settings: [String: String], for duration: Duration, warmup: Duration = .zero, batch: Int = 1,
        block: Duration = .zero
    ) async throws(WorkerError) -> MeasureJob.Response {
        let seat = try await start(settings)
        let request = MeasureJob.Request(
            model: seat.loaded.id, inputs: seat.ordered(inputs), warmup: warmup, warmupRuns: warmup > .zero ? 1 : 0,
            duration: duration, maximumSamples: 100_000, batch: batch, block: block)
        let response = try await seat.client.perform(MeasureJob.self, request, limit: limits.run + duration * 4)
        await seat.client.shutdown()
        return response
    }
}

extension Duration {
    /// As the settings of the calibration engine write it: whole nanoseconds.
    var setting: String { "\(Int64(self / .nanoseconds(1)))ns" }
}
