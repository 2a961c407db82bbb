import Assets
import Engines
import Graphs
import Tensors

/// Runs every sample once in one worker, and notes how long each run took here and there.
struct CellRunner: Sendable {
    let seat: StackSeat
    let variant: StabilityVariant
    /// The inputs of every sample alone.
    let singles: [[NamedTensor]]
    let labelling: StabilityLabelling
    /// The tensors of each run in the order in which the engine lists the inputs.
    let ordered: [[Tensor]]

    init(
        seat: StackSeat, variant: StabilityVariant, singles: [[NamedTensor]], labelling: StabilityLabelling
    ) {
        self.seat = seat
        self.variant = variant
        self.singles = singles
        self.labelling = labelling
        ordered = variant.runs.map { seat.ordered($0.inputs) }
    }

    /// Runs all samples.
    ///
    /// - Throws: `WorkerError`, or `StudyError` where the outputs do not fit the task.
    func run(limit: Duration) async throws -> (outputs: CellOutputs, timing: CellTiming) {
        var outputs = CellOutputs()
        var timing = CellTiming()
        for (run, inputs) in zip(variant.runs, ordered) {
            let begin = MonotonicClock.now()
            let result = try await seat.client.run(seat.loaded, inputs, limit: limit)
            timing.client.append(MonotonicClock.now() - begin)
            timing.engine.append(result.duration.wholeNanoseconds)
            if let moved = result.transfer { timing.transfer.append(moved.wholeNanoseconds) }
            timing.bytes = (inputs + result.outputs).reduce(0) { $0 + ($1.bytes?.count ?? 0) }
            let named = zip(seat.loaded.outputs, result.outputs).map { NamedTensor(name: $0.name, tensor: $1) }
            try outputs.add(named, of: run, batch: variant.batch, singles: singles, labelling)
        }
        return (outputs, timing)
    }
}
