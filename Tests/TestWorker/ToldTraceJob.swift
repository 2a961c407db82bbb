import Engines
import Measurement
import Tensors
import TestKit

/// The job `trace` on times that a fake model tells, as `ToldMeasureJob` does it.
enum ToldTraceJob: WorkerJob {
    static let name = TraceJob.name

    static func run(_ request: TraceJob.Request, in context: JobContext<Never>) throws(EngineError) -> TraceJob.Response
    {
        var response = try TraceJob.run(request, in: context)
        guard let told = FakeModel(of: try context.model(request.model))?.toldMicroseconds else { return response }
        var random = SplitMix64(seed: UInt64(told))
        for run in response.runs.indices {
            let noise = 1 + 0.01 * (Double(random.integer(in: 0...1000)) / 1000 - 0.5)
            response.runs[run].duration = Int64(Double(told) * 1000 * noise)
        }
        return response
    }
}
