import Assets
import Engines
import Graphs
import Tensors

/// Runs every sample once in one worker, and notes how long each run took inside the engine.
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
    func run(limit: Duration) async throws -> (outputs: CellOutputs, times: [Int64]) {
        var outputs = CellOutputs()
        var times: [Int64] = []
        for (run, inputs) in zip(variant.runs, ordered) {
            let (tensors, own, _, _) = try await seat.client.timed(seat.loaded, inputs, limit: limit)
            times.append(own)
            try outputs.add(named(tensors), of: run, batch: variant.batch, singles: singles, labelling)
        }
        return (outputs, times)
    }

    /// The outputs of one run, whole.
    ///
    /// - Throws: `WorkerError`.
    func outputs(of run: Int, limit: Duration) async throws(WorkerError) -> [NamedTensor] {
        named(try await seat.client.run(seat.loaded, ordered[run], limit: limit).outputs)
    }

    /// Runs the model, or another one that was loaded beside it, once for its times.
    ///
    /// - Throws: `WorkerError`.
    func time(
        _ inputs: [Tensor], of model: LoadedModel? = nil, limit: Duration, into times: inout SidedTimes
    ) async throws(WorkerError) {
        let (_, own, whole, moved) = try await seat.client.timed(model ?? seat.loaded, inputs, limit: limit)
        times.add(engine: own, client: whole, transfer: moved)
    }

    private func named(_ outputs: [Tensor]) -> [NamedTensor] {
        zip(seat.loaded.outputs, outputs).map { NamedTensor(name: $0.name, tensor: $1) }
    }
}

extension WorkerClient {
    /// Runs a model once; the times are those inside the engine, from the request until the outputs were here, and what of the
    /// first was on the way to a device and back, in nanoseconds.
    ///
    /// - Throws: `WorkerError`.
    func timed(
        _ model: LoadedModel, _ inputs: [Tensor], limit: Duration
    ) async throws(WorkerError) -> (outputs: [Tensor], engine: Int64, client: Int64, transfer: Int64?) {
        let begin = MonotonicClock.now()
        let result = try await run(model, inputs, limit: limit)
        let whole = MonotonicClock.now() - begin
        return (result.outputs, result.duration.wholeNanoseconds, whole, result.transfer?.wholeNanoseconds)
    }
}

extension StackSeat {
    /// Loads another model beside the one that the seat was started for, under the same options.
    ///
    /// - Throws: `WorkerError`, or `GraphError` where its file cannot be written.
    func load(_ model: Model, named name: String, folder: String) async throws -> LoadedModel {
        let path = "\(folder)/\(name).onnx"
        try model.write(to: path)
        return try await client.load(contentsOf: path, options: loaded.effectiveOptions)
    }
}
