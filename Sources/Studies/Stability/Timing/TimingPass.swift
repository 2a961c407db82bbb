import Engines
import Measurement
import Tensors

/// Times one cell inside its worker: inputs in turn, and beside them one input again and again.
struct TimingPass: Sendable {
    let duration: Duration
    let limit: Duration

    private static let rounds = 5

    /// Carries it out.
    ///
    /// - Parameter inputs: the tensors of each run in the order in which the engine lists the inputs.
    /// - Throws: `WorkerError`.
    func run(
        _ inputs: [[Tensor]], on seat: StackSeat, into timing: inout CellTiming
    ) async throws(WorkerError) {
        guard duration > .zero, let first = inputs.first else { return }
        let isVaried = inputs.count > 1
        var turns: [ScenarioJob.Response] = []
        for round in 0..<Self.rounds {
            let turn = try await perform(inputs, on: seat, isFirst: round == 0, arms: isVaried ? 2 : 1)
            timing.inTurn.append(turn.times(isScheduled: false).services)
            timing.warmups += [turn.warmup].compactMap(\.self)
            turns.append(turn)
            guard isVaried else { continue }
            let again = try await perform([first], on: seat, isFirst: false, arms: 2)
            timing.reused.append(again.times(isScheduled: false).services)
        }
        timing.use = ProcessorUse(turns)
    }

    private func perform(
        _ inputs: [[Tensor]], on seat: StackSeat, isFirst: Bool, arms: Int
    ) async throws(WorkerError) -> ScenarioJob.Response {
        var request = ScenarioJob.Request(model: seat.loaded.id, inputs: inputs, demand: .afterAnswer)
        // Only the first round has to settle; the others come right after runs of the same session's worker.
        request.warmupNanoseconds = isFirst ? 500_000_000 : 5_000_000
        request.leastNanoseconds = duration.wholeNanoseconds / Int64(Self.rounds * arms)
        request.leastQueries = max(4, min(inputs.count, 16))
        request.mostNanoseconds = request.leastNanoseconds * 20 + limit.wholeNanoseconds
        request.keptQueries = 20_000
        return try await seat.client.perform(ScenarioJob.self, request, limit: limit * 40 + duration * 20)
    }
}
