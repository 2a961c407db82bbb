import Engines
import Measurement

/// What the timed loop takes when the engine takes nothing.
struct OverheadPass {
    let bench: CalibrationBench
    let spec: SelfTestSpec
    let progress: StudyProgress

    private static let batch = 1000

    /// Times the null engine, one run a sample and a thousand, in fresh processes.
    ///
    /// - Throws: `WorkerError`.
    func run() async throws -> SelfTestFindings.Overhead {
        var (samples, calls): ([Double], [Double]) = ([], [])
        for process in 0..<spec.processes where !Task.isCancelled {
            let single = try await bench.measure([:], for: spec.duration / 4, warmup: .milliseconds(20))
            let many = try await bench.measure(
                [:], for: spec.duration / 4, warmup: .milliseconds(20), batch: Self.batch)
            if let median = Selection.median(of: single.samples) { samples.append(median) }
            if let median = Selection.median(of: many.samples) { calls.append(median / Double(Self.batch)) }
            progress.report(.advanced(done: process + 1, of: spec.processes))
        }
        return SelfTestFindings.Overhead(sample: samples, call: calls)
    }
}
