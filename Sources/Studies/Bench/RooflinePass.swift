import Engines
import Measurement
import Records

/// Measures what the machine can do at most, in a worker, at each thread count.
struct RooflinePass: Sendable {
    let spec: BenchSpec
    let context: StudyContext

    /// The peaks by thread count; a thread count that cannot be measured is left out.
    func run() async -> [Int: PeakJob.Response] {
        context.progress.report(.began("peaks of the machine"))
        // The three arrays are twelve times as large as the last cache, so that nearly nothing of them stays in it.
        let cache = context.machine.caches.values.max() ?? 32 << 20
        let bytes = min(max(cache * 4, 64 << 20), 1 << 30)
        var peaks: [Int: PeakJob.Response] = [:]
        for threads in spec.threads where !Task.isCancelled {
            do throws(WorkerError) {
                let client = try await WorkerClient.start(
                    context.launcher, configuration: WorkerConfiguration(startLimit: spec.limits.start))
                peaks[threads] = try await client.perform(
                    PeakJob.self, PeakJob.Request(threads: threads, streamBytes: bytes), limit: .seconds(120))
                await client.shutdown()
            } catch {
                context.progress.report(.warned("peaks of the machine with \(threads) threads: \(error)"))
            }
        }
        return peaks
    }
}

/// The least time that a run can take on a machine of known peaks.
///
/// After Williams, Waterman and Patterson 2009, "Roofline: an insightful visual performance model".
struct Roofline: Sendable {
    let peaks: PeakJob.Response

    /// Nanoseconds that the arithmetic takes at the peaks, or the compulsory traffic takes at the bandwidth, whichever is
    /// more; `nil` where a peak is not known.
    func nanoseconds(_ cost: RunCost) -> Double? {
        guard let float = peaks.float?.best, let stream = peaks.stream?.best else { return nil }
        let arithmetic = cost.operations / float + cost.integerOperations / (peaks.integer?.best ?? float)
        return max(arithmetic, cost.bytes / stream) * 1e9
    }
}
