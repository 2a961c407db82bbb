import Graphs
import Assets
import Engines
import Records
import Tensors

/// One stack at work on one model: a worker with the model loaded, until it fails.
struct StackSeat: Sendable {
    /// The place of the stack in the spec.
    let index: Int
    /// What the record calls the stack.
    let title: String
    let client: WorkerClient
    let opened: OpenedEngine
    let loaded: LoadedModel

    /// Starts the worker, opens the engine and loads the model.
    ///
    /// - Throws: `WorkerError`; the worker is gone then.
    static func start(
        _ stack: PreparedStack, index: Int, model: ResolvedModel, limits: LimitSpec, launcher: Launcher,
        placement: ProcessorPlacement? = nil
    ) async throws(WorkerError) -> StackSeat {
        let (client, opened) = try await stack.start(limits: limits, launcher: launcher, placement: placement)
        let loaded = try await client.load(
            contentsOf: model.path, form: model.form(for: stack.request.engine), options: stack.request.options,
            limit: limits.load)
        return StackSeat(index: index, title: stack.title, client: client, opened: opened, loaded: loaded)
    }
}

extension StackSeat {
    /// The tensors in the order in which this engine lists the inputs.
    func ordered(_ inputs: [NamedTensor]) -> [Tensor] {
        loaded.ordered(Dictionary(inputs.map { ($0.name, $0.tensor) }, uniquingKeysWith: { $1 }))
    }
}

extension Outcome.State {
    /// What a worker's failure is called in a record.
    init(_ error: WorkerError) {
        switch error.failure {
        case .crashed(let signal): self = .crashed(signal: signal)
        case .exited(let code): self = .exited(code: code)
        case .hung(let seconds): self = .hung(limit: seconds)
        case .protocolViolation(let violation): self = .protocolViolation(reason: violation.description)
        case .engine(let error) where error.code == .unavailable || error.code == .versionMismatch:
            self = .unavailable(reason: error.description)
        case .engine(let error): self = .refused(reason: error.description)
        case .launch: self = .unavailable(reason: error.reason)
        case .cancelled, .closed: self = .refused(reason: error.reason)
        }
    }
}
