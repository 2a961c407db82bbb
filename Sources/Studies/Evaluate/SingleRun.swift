public import Assets
public import Engines
import Graphs

/// Runs a model once on one stack, in a worker.
public struct SingleRun: Sendable {
    /// What one run gave.
    public struct Result: Sendable {
        /// The outputs by name.
        public var outputs: [NamedTensor]
        /// The stack, as records call it.
        public var stack: String
        /// Time inside the engine.
        public var duration: Duration
    }

    private let context: StudyContext

    /// Makes a runner.
    public init(_ context: StudyContext) { self.context = context }

    /// Runs the model.
    ///
    /// - Throws: `StudyError` when inputs do not fit, `WorkerError` when the engine fails.
    public func run(
        _ model: ResolvedModel, on request: StackRequest, inputs: [NamedTensor]
    ) async throws -> Result {
        let stack = try context.stack(request)
        let seat = try await StackSeat.start(
            stack, index: 0, model: model, limits: LimitSpec(), launcher: context.launcher)
        let bound = try InputBinding(inputs: seat.loaded.inputs, constants: [:], model: model.name).bind(inputs)
        let result = try await seat.client.run(seat.loaded, seat.ordered(bound))
        await seat.client.shutdown()
        return Result(
            outputs: zip(seat.loaded.outputs, result.outputs).map { NamedTensor(name: $0.name, tensor: $1) },
            stack: stack.title, duration: result.duration)
    }
}
