public import Assets
public import Engines
import Measurement
import Records

extension Workbench {
    /// What installing stacks would take; nothing is downloaded.
    ///
    /// - Parameters:
    ///   - folder: where the lock file lies.
    ///   - isLocked: takes builds from the lock file alone.
    /// - Throws: `AssetError` where the lock file cannot be read.
    public func plan(_ requests: [StackRequest], folder: String, isLocked: Bool) throws(AssetError) -> StackPlan {
        let lock = try StackLock(contentsOf: folder + "/assay.lock")
        var installable: [StackRequest] = []
        // Of an engine that was added there is nothing to install.
        for request in requests where try AddedEngine.named(request.engine, home: home) == nil {
            installable.append(request)
        }
        return StackPlan(installable, lock: lock, isLocked: isLocked, fetcher: fetcher)
    }

    /// Installs what a plan holds, one stack after the other, and writes the lock file.
    ///
    /// Whatever is complete stays so: what is ended in between goes on from there.
    ///
    /// - Parameter ready: hears of each stack with what its library reports.
    /// - Throws: `AssetError` before anything is downloaded where a stack cannot be had or they do not fit on the volume;
    ///   `WorkerError` where a library reports another version than was asked for, or does not load.
    public func provision(
        _ plan: StackPlan, folder: String, ready: (PreparedStack, EngineIdentity) -> Void
    ) async throws {
        if let obstacle = plan.obstacles.first { throw obstacle }
        try require(plan)
        var lock = try StackLock(contentsOf: folder + "/assay.lock")
        for item in plan.items { if let build = item.build { lock.record(item.request, build) } }
        try lock.write(to: folder + "/assay.lock")
        for item in plan.items {
            guard let build = item.build else { continue }
            let stack = try carried(try prepared(build, for: item.request), folder: folder)
            ready(stack, try await reported(stack))
        }
    }

    /// What the loaded library says it is.
    private func reported(_ stack: PreparedStack) async throws -> EngineIdentity {
        let client = try await WorkerClient.start(
            stack.launcher ?? .local,
            configuration: WorkerConfiguration(
                options: stack.request.options, environment: stack.request.environment))
        let opened = try await client.open(stack)
        await client.shutdown()
        return opened.identity
    }

    /// Refuses to begin what cannot fit: the downloads are kept, and what is unpacked takes about twice as much.
    private func require(_ plan: StackPlan) throws(AssetError) {
        let downloads = plan.items.reduce(0) { $0 + ($1.downloadBytes ?? 0) }
        guard downloads > 0 else { return }
        try FreeSpace.require(downloads * 3, for: "\(plan.items.count) stacks", in: home)
    }
}
