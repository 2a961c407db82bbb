import Engines
import Measurement
import Records
import Tensors

/// Disturbs an engine in known ways and asks the certificate what it was.
struct DisturbancePass {
    let bench: CalibrationBench
    let spec: SelfTestSpec
    let context: StudyContext

    /// Injects every disturbance as often as was asked, in turns.
    ///
    /// - Throws: `WorkerError`.
    func run() async throws -> [SelfTestFindings.Disturbed] {
        var found = SelfTestDisturbance.allCases.map { SelfTestFindings.Disturbed(injected: $0) }
        var random = SplitMix64(seed: UInt64(truncatingIfNeeded: spec.seed))
        let total = spec.trials * found.count
        for trial in 0..<spec.trials {
            for index in found.indices where !Task.isCancelled {
                let certificate = try await certificate(of: found[index].injected, &random)
                found[index].certificates.append(certificate)
                if !found[index].injected.isNamed(by: certificate) {
                    context.progress.report(
                        .noted("\(found[index].injected.words) was taken for: \(certificate.statement)"))
                }
                context.progress.report(.advanced(done: trial * found.count + index + 1, of: total))
            }
        }
        return found
    }

    private func certificate(
        of disturbance: SelfTestDisturbance, _ random: inout SplitMix64
    ) async throws(WorkerError) -> StationarityCertificate {
        let settings = disturbance.settings(during: spec.watch, &random)
        let competitors = disturbance == .competitor ? try await startCompetitors() : []
        defer { for seat in competitors { seat.client.kill() } }
        let response = try await bench.measure(
            settings, for: spec.watch, block: max(spec.watch / 40, .milliseconds(20)))
        return StationarityCertificate([response.stretch])
    }

    /// One process for each processor that computes all the time.
    private func startCompetitors() async throws(WorkerError) -> [StackSeat] {
        var seats: [StackSeat] = []
        for _ in 0..<max(context.machine.logicalCores, 1) {
            let seat = try await bench.start(["latency": "1h"])
            let inputs = seat.ordered(bench.inputs)
            // It never ends by itself: it is killed, and that is no failure.
            Task { _ = try? await seat.client.run(seat.loaded, inputs, limit: .seconds(3600)) }
            seats.append(seat)
        }
        return seats
    }
}
