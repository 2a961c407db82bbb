import Engines
import Graphs
import Measurement
import Tensors

/// One stack at work on a model and what passes made of it: both are loaded in one worker, and take turns.
struct OptimizeSeat {
    private let stack: PreparedStack
    private let limits: LimitSpec
    private let seat: StackSeat
    private let inputs: [String: Tensor]
    private let reference: [String: Tensor]
    /// The time of one run of the original.
    private let duration: Duration

    /// Starts the worker and runs the model as it was.
    ///
    /// - Throws: `WorkerError`; the worker is gone then.
    static func start(
        _ stack: PreparedStack, limits: LimitSpec, launcher: Launcher, model: ResolvedModel, inputs: [String: Tensor]
    ) async throws(WorkerError) -> OptimizeSeat {
        let seat = try await StackSeat.start(stack, index: 0, model: model, limits: limits, launcher: launcher)
        let run = try await seat.client.run(seat.loaded, seat.loaded.ordered(inputs), limit: limits.run)
        return OptimizeSeat(
            stack: stack, limits: limits, seat: seat, inputs: inputs, reference: seat.loaded.named(run.outputs),
            duration: run.duration)
    }

    /// Ends the worker.
    func close() async { await seat.client.shutdown() }

    /// How a rewritten model does beside the one it was made of.
    struct Comparison: Sendable {
        /// The largest max|a−b| / max|b| of an output.
        var difference = 0.0
        /// The first output that differs in more than values, in words.
        var mismatch: String?
        /// The times of the original and of the rewritten model in nanoseconds, by rounds.
        var before: [[Int64]] = []
        /// See `before`.
        var after: [[Int64]] = []

        /// How many times as long the rewritten model takes; `nil` where it was not timed.
        var ratio: RatioOfMedians? {
            before.isEmpty ? nil : RatioOfMedians.interleaved(after, over: before)
        }
    }

    /// Runs a rewritten model, compares its outputs, and times both in turns.
    ///
    /// - Throws: `WorkerError`, and `GraphError` where the model cannot be written.
    func compare(_ model: Model, name: String, _ measure: MeasureSpec?, seed: Int) async throws -> Comparison {
        let loaded = try await seat.client.load(
            try source(model, name), options: stack.request.options, limit: limits.load)
        let run = try await seat.client.run(loaded, loaded.ordered(inputs), limit: limits.run)
        var comparison = Comparison()
        let outputs = loaded.named(run.outputs)
        for (name, old) in reference.sorted(by: { $0.key < $1.key }) {
            guard let new = outputs[name] else {
                comparison.mismatch = "output '\(name)' is missing"
                continue
            }
            let result = TensorComparison(new, reference: old, tolerance: .agreement(0, nanEqualsNaN: true))
            switch result.outcome {
            case .agrees, .values: comparison.difference = max(comparison.difference, result.agreement)
            default: comparison.mismatch = comparison.mismatch ?? "\(name): \(result)"
            }
        }
        if let measure { try await time(&comparison, loaded, measure, seed: seed) }
        try await seat.client.unload(loaded)
        return comparison
    }

    private func time(
        _ comparison: inout Comparison, _ rewritten: LoadedModel, _ measure: MeasureSpec, seed: Int
    ) async throws {
        let batch = MeasureSpec.batch(forRunsOf: duration)
        var turns = SeededTurns(seed: seed)
        for round in 0..<measure.rounds {
            for isRewritten in turns.next([false, true]) {
                let model = isRewritten ? rewritten : seat.loaded
                let samples = try await measure.round(
                    of: model, model.ordered(inputs), in: seat.client, isFirst: round == 0, batch: batch,
                    limit: limits.run)
                if isRewritten { comparison.after.append(samples) } else { comparison.before.append(samples) }
            }
        }
    }

    /// The model in a form that the engine takes.
    private func source(_ model: Model, _ name: String) throws -> ModelSource {
        var model = model
        if seat.opened.capabilities.localFunctions == .none { model = try model.inlined() }
        return ModelSource(name: name, bytes: try model.serialized(), directory: nil, isOriginal: false)
    }
}
