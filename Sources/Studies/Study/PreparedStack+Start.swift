import Engines

extension PreparedStack {
    /// Starts a worker and opens the engine in it.
    ///
    /// - Parameters:
    ///   - launcher: how workers are started on this machine.
    ///   - placement: the processors that it keeps to; `nil` leaves that to the kernel.
    /// - Throws: `WorkerError`; the worker is gone then.
    func start(
        limits: LimitSpec, launcher: Launcher, placement: ProcessorPlacement? = nil
    ) async throws(WorkerError) -> (client: WorkerClient, opened: OpenedEngine) {
        let client = try await WorkerClient.start(
            self.launcher ?? launcher,
            configuration: WorkerConfiguration(
                options: request.options, environment: request.environment, placement: placement,
                startLimit: limits.start))
        let opened = try await client.open(
            engine: request.engine, libraries: libraries, version: version, guest: guest,
            limit: limits.start)
        return (client, opened)
    }
}
