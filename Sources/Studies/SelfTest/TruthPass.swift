import Engines
import Measurement

/// Measures engines whose runs take a time that is known.
struct TruthPass {
    let bench: CalibrationBench
    let spec: SelfTestSpec
    let progress: StudyProgress

    /// Times each of them in fresh processes.
    ///
    /// - Throws: `WorkerError`.
    func run() async throws -> [SelfTestFindings.Truth] {
        var truths: [SelfTestFindings.Truth] = []
        var done = 0
        for latency in spec.latencies {
            var truth = SelfTestFindings.Truth(latency: latency)
            for _ in 0..<spec.processes where !Task.isCancelled {
                let response = try await bench.measure(
                    ["latency": latency.setting], for: spec.duration, warmup: .milliseconds(20))
                truth.processes.append(response.samples)
                done += 1
                progress.report(.advanced(done: done, of: spec.latencies.count * spec.processes))
            }
            truths.append(truth)
        }
        return truths
    }
}
