import Engines
import Measurement
import Tensors
import TestKit

/// The job `measure` on times that a fake model tells, so that what a study makes of them does not hang on what else the
/// machine does; models that tell none are timed as ever.
enum ToldMeasureJob: WorkerJob {
    static let name = MeasureJob.name

    static func run(
        _ request: MeasureJob.Request, in context: JobContext<Never>
    ) throws(EngineError) -> MeasureJob.Response {
        guard let model = FakeModel(of: try context.model(request.model)), let told = model.toldMicroseconds else {
            return try MeasureJob.run(request, in: context)
        }
        let session = try context.session(request.model)
        let inputs = request.inputs.map(\.tensor)
        let outputs = OutputSlots(count: inputs.count)
        var random = SplitMix64(seed: UInt64(told))
        /// The told time of one run, which is made: a mishap may be told for one of them.
        func next() throws(EngineError) -> Int64 {
            let slowness = model.slowness(ofRun: FakeModel.runs(of: session))
            try session.run(inputs, into: outputs)
            let noise = 1 + 0.01 * (Double(random.integer(in: 0...1000)) / 1000 - 0.5)
            return Int64(Double(told) * 1000 * noise * slowness)
        }
        var warmup = WarmUpReport(runs: 0, nanoseconds: 0, end: .told)
        if request.settles, model.isWarmedUp {
            var settling = Settling(
                fewest: request.warmupRuns, least: request.leastWarmupNanoseconds, cap: request.warmupNanoseconds)
            while true {
                let time = try next()
                guard let report = settling.add([time], nanoseconds: time) else { continue }
                warmup = report
                break
            }
        }
        let batch = max(request.batch, 1)
        var samples: [Int64] = []
        var elapsed: Int64 = 0
        while samples.count < request.minimumSamples
            || (elapsed < request.durationNanoseconds && samples.count < request.maximumSamples)
        {
            samples.append(Int64(batch) * (try next() + request.addedNanoseconds))
            elapsed += samples.last ?? 1
        }
        let status = WorkerStatus.current()
        let begin = MonotonicClock.now()
        let readings =
            request.readsEnds ? [0, elapsed].map { reading(after: $0, from: begin, count: samples.count, model) } : []
        return MeasureJob.Response(
            samples: AttachedTensor(Tensor(samples)), warmup: warmup,
            begin: 0, elapsedNanoseconds: elapsed, readings: readings, before: status, after: status,
            nonFiniteOutputs: [],
            outputs: [], route: session.route)
    }
    /// What the machine would show after so much of the time of a turn.
    private static func reading(
        after elapsed: Int64, from begin: Int64, count: Int, _ model: FakeModel
    ) -> MachineReading {
        let waited = Int64(Double(elapsed) * (model.toldWaiting ?? 0))
        return MachineReading(
            samples: elapsed > 0 ? count : 0, begin: begin + elapsed, end: begin + elapsed,
            processorNanoseconds: elapsed - waited, waitingNanoseconds: waited, machineNanoseconds: elapsed,
            stolenNanoseconds: 0, involuntarySwitches: Int(waited / 4_000_000), minorFaults: 0, stepRate: 3)
    }
}
