import Engines
import Tensors
import Measurement

/// The times of one cell, in nanoseconds.
struct CellTiming: Sendable {
    /// Time inside the engine of the very first run of the process.
    var first: Int64?
    /// Times inside the engine of the runs that gave outputs, after the first one.
    var engine: [Int64] = []
    /// From the request of each of those runs until its outputs were here.
    var client: [Int64] = []
    /// What of each of those runs inputs and outputs took to the engine's device and back; empty where it computes in main
    /// memory.
    var transfer: [Int64] = []
    /// Bytes of the inputs and outputs of one run, which cross between the processes.
    var bytes = 0
    /// Runs of the timed loop that were given one input again and again, round by round; empty with one input only.
    var reused: [[Int64]] = []
    /// Runs of the timed loop that were given the inputs in turn, round by round.
    var inTurn: [[Int64]] = []
    /// How many processors were busy on average while inputs came in turn.
    var busy: Double?
    /// How warming up went.
    var warmups: [WarmUpReport] = []

    /// The median of all runs with inputs in turn; `nil` where nothing was timed.
    var median: Double? { Selection.median(of: inTurn.flatMap(\.self)) }
}

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
        var (busy, elapsed): (Int64, Int64) = (0, 0)
        for round in 0..<Self.rounds {
            let turn = try await perform(inputs, on: seat, isFirst: round == 0, arms: isVaried ? 2 : 1)
            timing.inTurn.append(turn.times(isScheduled: false).services)
            timing.warmups += [turn.warmup].compactMap(\.self)
            busy += turn.after.processorNanoseconds - turn.before.processorNanoseconds
            elapsed += turn.elapsedNanoseconds
            guard isVaried else { continue }
            let again = try await perform([first], on: seat, isFirst: false, arms: 2)
            timing.reused.append(again.times(isScheduled: false).services)
        }
        timing.busy = elapsed > 0 ? Double(busy) / Double(elapsed) : nil
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
