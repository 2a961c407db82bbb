import Engines
import Records

/// The worker of one stack in a study of many small cases: a case that ends it is an outcome of that case, and the next
/// one gets another worker.
struct CaseWorker {
    let stack: PreparedStack
    let limits: LimitSpec
    let launcher: Launcher
    /// What the library said it is; `nil` until it was opened.
    private(set) var identity: EngineIdentity?
    /// Completed unless no worker could be started; then the stack is given up.
    private(set) var outcome: Outcome.State = .completed
    /// The end of what the worker that could not be started wrote to standard error.
    private(set) var log = ""
    /// The worker; `nil` before the first case and after one that ended it.
    private(set) var running: Running?

    /// A worker that serves.
    struct Running {
        let client: WorkerClient
        let capabilities: EngineCapabilities
    }

    /// Why a case did not go through.
    enum Failure {
        /// The engine declined, and the worker serves on.
        case declined(EngineError)
        /// The study was interrupted.
        case interrupted
        /// The worker is gone.
        case ended(Outcome.State)
    }

    init(_ stack: PreparedStack, limits: LimitSpec, launcher: Launcher) {
        self.stack = stack
        self.limits = limits
        self.launcher = launcher
    }

    /// The worker, started where there is none; `nil` when the stack is given up.
    mutating func open() async -> Running? {
        guard outcome == .completed else { return nil }
        if let running { return running }
        do throws(WorkerError) {
            let (client, opened) = try await stack.start(limits: limits, launcher: launcher)
            identity = opened.identity
            let started = Running(client: client, capabilities: opened.capabilities)
            running = started
            return started
        } catch {
            outcome = Outcome.State(error)
            log = error.log
            return nil
        }
    }

    /// What a failure is called; a worker that did not survive it is let go.
    mutating func failure(_ error: WorkerError) -> Failure {
        if case .engine(let error) = error.failure { return .declined(error) }
        running?.client.kill()
        running = nil
        if case .cancelled = error.failure { return .interrupted }
        return .ended(Outcome.State(error))
    }

    /// Ends the worker.
    mutating func close() async {
        await running?.client.shutdown()
        running = nil
    }
}
