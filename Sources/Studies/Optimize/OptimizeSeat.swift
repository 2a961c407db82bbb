import Engines
import Graphs
import Measurement
import Tensors

/// One stack at work on a model and what passes made of it: a worker in which both are loaded, and take turns.
struct OptimizeSeat {
    let stack: PreparedStack
    let limits: LimitSpec
    let client: WorkerClient
    let opened: OpenedEngine
    private let inputs: [String: Tensor]
    private let original: LoadedModel
    private let reference: [String: Tensor]
    /// The time of one run of the original.
    private let duration: Duration

    /// Starts the worker and runs the model as it was.
    ///
    /// - Throws: `WorkerError`; the worker is gone then.
    static func start(
        _ stack: PreparedStack, limits: LimitSpec, launcher: Launcher, model: Model, path: String,
        inputs: [String: Tensor]
    ) async throws -> OptimizeSeat {
        let client = try await WorkerClient.start(
            launcher,
            configuration: WorkerConfiguration(
                options: stack.request.options, environment: stack.request.environment, startLimit: limits.start))
        let opened = try await client.open(
            engine: stack.request.engine, libraries: stack.libraries, version: stack.version, limit: limits.start)
        let loaded = try await client.load(contentsOf: path, options: stack.request.options, limit: limits.load)
        let run = try await client.run(loaded, ordered(inputs, loaded), limit: limits.run)
        return OptimizeSeat(
            stack: stack, limits: limits, client: client, opened: opened, inputs: inputs, original: loaded,
            reference: named(run.outputs, loaded), duration: run.duration)
    }

    private init(
        stack: PreparedStack, limits: LimitSpec, client: WorkerClient, opened: OpenedEngine, inputs: [String: Tensor],
        original: LoadedModel, reference: [String: Tensor], duration: Duration
    ) {
        self.stack = stack
        self.limits = limits
        self.client = client
        self.opened = opened
        self.inputs = inputs
        self.original = original
        self.reference = reference
        self.duration = duration
    }

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
    func compare(_ model: Model, name: String, _ measure: MeasureSpec?, seed: UInt64) async throws -> Comparison {
        let loaded = try await client.load(
            try source(model, name), options: stack.request.options, limit: limits.load)
        let run = try await client.run(loaded, Self.ordered(inputs, loaded), limit: limits.run)
        var comparison = Comparison()
        let outputs = Self.named(run.outputs, loaded)
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
        try await client.unload(loaded)
        return comparison
    }

    private func time(
        _ comparison: inout Comparison, _ rewritten: LoadedModel, _ measure: MeasureSpec, seed: UInt64
    ) async throws {
        let nanoseconds = max(duration / .nanoseconds(1), 1)
        let batch = Int(min(max(20_000 / nanoseconds, 1), 1_000))
        for (round, order) in InterleavedPlan(sessions: 2, rounds: measure.rounds, seed: seed).enumerated() {
            for side in order {
                let model = side == 0 ? original : rewritten
                let request = MeasureJob.Request(
                    model: model.id, inputs: Self.ordered(inputs, model),
                    warmup: round == 0 ? measure.warmup : measure.duration / 10, duration: measure.duration,
                    maximumSamples: measure.samples, batch: batch)
                let response = try await client.perform(
                    MeasureJob.self, request, limit: limits.run + measure.duration * 4 + measure.warmup * 4)
                if side == 0 {
                    comparison.before.append(response.samples)
                } else {
                    comparison.after.append(response.samples)
                }
            }
        }
    }

    /// The model in a form that the engine takes.
    private func source(_ model: Model, _ name: String) throws -> ModelSource {
        var model = model
        if opened.capabilities.localFunctions == .none { model = try model.inlined() }
        return ModelSource(name: name, bytes: try model.serialized(), directory: nil, isOriginal: false)
    }

    private static func ordered(_ inputs: [String: Tensor], _ model: LoadedModel) -> [Tensor] {
        model.inputs.compactMap { inputs[$0.name] }
    }

    private static func named(_ outputs: [Tensor], _ model: LoadedModel) -> [String: Tensor] {
        Dictionary(zip(model.outputs.map(\.name), outputs), uniquingKeysWith: { $1 })
    }
}
