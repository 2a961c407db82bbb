public import Engines
import Foundation
import Tensors

/// Runs a model while something watches: counters around each run, the engine's profiler, what libraries print; or
/// nothing, which is the level of the model.
///
/// The clock is read right before and after each run, nearest to it; counters are read outside of that, so that what they
/// cost is not in a run's time.
public enum TraceJob: WorkerJob {
    /// `trace`.
    public static let name = "trace"

    /// The most runs that one request keeps.
    static let mostRuns = 1_000_000

    /// Warms the session up, watches runs, and gives what was seen.
    ///
    /// - Throws: `EngineError` of code `invalidOption` where a profile is asked for and the engine has none.
    public static func run(_ request: Request, in context: JobContext<Never>) throws(EngineError) -> Response {
        let model = try context.model(request.model)
        let session = try context.session(request.model)
        let inputs = request.inputs.map(\.tensor)
        guard inputs.count == model.inputs.count else {
            throw EngineError(
                .invalidInput, subject: name,
                reason: "the model has \(model.inputs.count) inputs and was given \(inputs.count)")
        }
        let outputs = OutputSlots(count: model.outputs.count)
        var loop = TimedLoop(session: session, inputs: inputs, outputs: outputs, batch: 1)
        let warmup = try warmUp(&loop, request) { context.isCancelled }
        if request.takesProfile { try session.noteProfile() }
        let capture = request.capturesOutput ? try OutputCapture(subject: name) : nil
        let watched: Watch
        do throws(EngineError) {
            watched = try watch(request, session, inputs, outputs) { context.isCancelled }
        } catch {
            _ = capture?.finish()
            throw error
        }
        let printed = capture?.finish() ?? ""
        var profile: EngineProfile?
        if request.takesProfile {
            // What came before the runs that count is in the profile too.
            var taken = try session.takeProfile()
            taken.runs = Array(taken.runs.suffix(watched.runs.count))
            profile = taken
        }
        return Response(
            warmup: warmup, runs: watched.runs, epoch: watched.epoch, epochAtEnd: watched.epochAtEnd,
            counts: watched.counts, energy: watched.energy, printed: printed,
            packedProfile: profile.map(PackedProfile.init),
            outputs: request.keepsOutputs ? try snapshot(outputs) : [])
    }

    private static func warmUp(
        _ loop: inout TimedLoop, _ request: Request, isCancelled: () -> Bool
    ) throws(EngineError) -> WarmUpReport {
        let fewest = max(request.warmupRuns, 0)
        if request.settles {
            let settling = Settling(
                fewest: fewest, least: request.leastWarmupNanoseconds, cap: request.warmupNanoseconds)
            return try loop.settle(settling, isCancelled: isCancelled)
        }
        try loop.warmUp(
            TimedLoop.Limits(minimum: fewest, maximum: .max, nanoseconds: request.warmupNanoseconds),
            isCancelled: isCancelled)
        return WarmUpReport(runs: loop.count, nanoseconds: loop.elapsed, end: .told)
    }

    /// What came of the runs.
    private struct Watch {
        var runs: [Run] = []
        var epoch: Int64 = 0
        var epochAtEnd: Int64 = 0
        var counts: [CounterSeries] = []
        var energy: Energy?
    }

    private static func watch(
        _ request: Request, _ session: any Session, _ inputs: [Tensor], _ outputs: OutputSlots,
        isCancelled: () -> Bool
    ) throws(EngineError) -> Watch {
        let counters = request.counters.isEmpty ? nil : CounterSet(request.counters)
        defer { counters?.close() }
        let cost = counters?.costOfReading() ?? []
        let minimum = min(max(request.minimumRuns, 1), mostRuns)
        let maximum = min(max(request.maximumRuns, minimum), mostRuns)
        var meter = request.measuresEnergy ? EnergyMeter() : nil
        defer { meter?.close() }
        var watch = Watch(epoch: epoch())
        var pairs: [(before: [Double], after: [Double])] = []
        watch.runs.reserveCapacity(maximum)
        meter?.begin()
        let deadline = MonotonicClock.now() &+ max(request.durationNanoseconds, 0)
        while watch.runs.count < maximum {
            let before = counters?.read()
            let detour = session.detour
            let start = MonotonicClock.now()
            try session.run(inputs, into: outputs)
            let end = MonotonicClock.now() - (session.detour - detour)
            if let counters, let before { pairs.append((before, counters.read())) }
            watch.runs.append(Run(start: start, duration: end - start))
            if request.takesProfile { try session.noteProfile() }
            if watch.runs.count >= minimum, end >= deadline { break }
            if isCancelled() {
                throw EngineError(.cancelled, subject: name, reason: "cancelled after \(watch.runs.count) runs")
            }
        }
        watch.epochAtEnd = epoch()
        if let meter {
            let reading = meter.end()
            watch.energy = Energy(
                joules: reading.joules, runs: watch.runs.count, source: reading.source,
                unavailable: reading.unavailable)
        }
        watch.counts = counters?.series(pairs, cost: cost) ?? []
        return watch
    }

    /// What to add to the raw monotonic clock for the time of the Unix epoch: the wall clock is read between two readings
    /// of the raw one, and of several tries the one counts in which these lie closest together.
    package static func epoch() -> Int64 {
        var best = (gap: Int64.max, difference: Int64(0))
        for _ in 0..<9 {
            let before = MonotonicClock.now()
            let wall = Date().timeIntervalSince1970
            let after = MonotonicClock.now()
            guard after - before < best.gap else { continue }
            best = (after - before, Int64(wall * 1e6) * 1000 - (before + (after - before) / 2))
        }
        return best.difference
    }

    private static func snapshot(_ outputs: OutputSlots) throws(EngineError) -> [AttachedTensor] {
        do { return try outputs.snapshot().map(AttachedTensor.init) } catch {
            throw EngineError(.runFailed, subject: name, reason: error.description)
        }
    }
}
