public import Engines
import Tensors

/// The timed loop, inside the worker: no pipe, no other process and no allocation of ours is in what it measures.
public enum MeasureJob: WorkerJob {
    /// `measure`.
    public static let name = "measure"

    /// Warms the session up, runs it until there are enough samples, and looks at the last outputs.
    public static func run(
        _ request: Request, in context: JobContext<Never>
    ) throws(EngineError) -> Response {
        let model = try context.model(request.model)
        let session = try context.session(request.model)
        let inputs = request.inputs.map(\.tensor)
        guard inputs.count == model.inputs.count else {
            throw EngineError(
                .invalidInput, subject: "measure",
                reason: "the model has \(model.inputs.count) inputs and was given \(inputs.count)")
        }
        let batch = max(request.batch, 1)
        let minimum = min(max(request.minimumSamples, 1), mostSamples)
        let maximum = min(max(request.maximumSamples, minimum), mostSamples)
        let outputs = OutputSlots(count: model.outputs.count)
        var loop = TimedLoop(
            session: session, inputs: inputs, outputs: outputs, batch: batch, clock: request.clock,
            added: request.addedNanoseconds)
        let isCancelled = { context.isCancelled }
        let readsEnds = request.readsEnds && request.blockNanoseconds <= 0
        var readings = readsEnds ? [MachineReading.now()] : []
        let warmup = try warmUp(&loop, request, isCancelled: isCancelled)
        var samples = RunTimes()
        samples.reserve(maximum)
        let limits = TimedLoop.Limits(
            minimum: minimum, maximum: maximum, nanoseconds: request.durationNanoseconds)
        let before = EngineProcesses.status()
        if request.blockNanoseconds > 0 {
            try loop.collect(
                limits, blocks: request.blockNanoseconds, into: &samples, readings: &readings,
                isCancelled: isCancelled)
        } else {
            try loop.collect(limits, into: &samples, isCancelled: isCancelled)
        }
        let after = EngineProcesses.status()
        if readsEnds { readings.append(.now(samples: samples.whole.count)) }
        let last = try snapshot(outputs)
        var nonFinite: [Int] = []
        for (index, tensor) in last.enumerated() where try hasNonFinite(tensor) { nonFinite.append(index) }
        return Response(
            samples: AttachedTensor(Tensor(samples.whole)), warmup: warmup, begin: loop.began,
            elapsedNanoseconds: loop.elapsed,
            readings: readings, before: before, after: after, nonFiniteOutputs: nonFinite,
            outputs: request.keepsOutputs ? last.map(AttachedTensor.init) : [], route: session.route,
            transfers: samples.transfers.isEmpty ? nil : AttachedTensor(Tensor(samples.transfers)))
    }

    private static func warmUp(
        _ loop: inout TimedLoop, _ request: Request, isCancelled: () -> Bool
    ) throws(EngineError) -> WarmUpReport {
        let fewest = max(request.warmupRuns, 0)
        if request.settles {
            let settling = Settling(
                fewest: fewest, least: request.leastWarmupNanoseconds, cap: request.warmupNanoseconds,
                runsPerSample: loop.batch)
            return try loop.settle(settling, isCancelled: isCancelled)
        }
        try loop.warmUp(
            TimedLoop.Limits(minimum: fewest, maximum: .max, nanoseconds: request.warmupNanoseconds),
            isCancelled: isCancelled)
        return WarmUpReport(runs: loop.count * loop.batch, nanoseconds: loop.elapsed, end: .told)
    }

    private static func snapshot(_ outputs: OutputSlots) throws(EngineError) -> [Tensor] {
        do { return try outputs.snapshot() } catch {
            throw EngineError(.runFailed, subject: "measure", reason: error.description)
        }
    }

    private static func hasNonFinite(_ tensor: Tensor) throws(EngineError) -> Bool {
        guard tensor.elementType.isFloatingPoint else { return false }
        do { return try tensor.doubles().contains { !$0.isFinite } } catch {
            throw EngineError(.runFailed, subject: "measure", reason: error.description)
        }
    }
}
