import Assets
import Engines
public import Records
import ResultStore
public import Studies

extension Workbench {
    /// Carries a recorded study out again, says what came out again and what explains the rest, and saves that record.
    ///
    /// - Parameter folder: where relative paths of the record's spec start.
    public func replay(_ archive: RecordArchive, _ spec: ReplaySpec, folder: String = ".") async throws -> RecordArchive
    {
        let models = ContentStore(home: home, folder: home.models)
        let sources = ReplaySources(
            stored: { digest in (try? models.find(digest)) ?? nil },
            stack: { request, lock in try stack(request, lock: lock, folder: folder) })
        let replay = try await Replay(context(folder: folder), sources: sources).run(archive, spec)
        try await Task { try await store.save(replay) }.value
        return replay
    }

    /// The stack for a request in the build that a lock names; where it names none, the folder's lock file and the index decide.
    private func stack(_ request: StackRequest, lock: StackLock, folder: String) throws(AssetError) -> PreparedStack {
        // What is part of Assay has no build to choose.
        guard !request.isBuiltIn else { return try stack(request, folder: folder) }
        let resolver = StackResolver(index: PackageIndex(isOffline: fetcher.isOffline))
        let known = lock.build(for: request) == nil ? try StackLock(contentsOf: folder + "/assay.lock") : lock
        let stack = try prepared(try resolver.resolve(request, lock: known), for: request)
        return try carried(stack, folder: folder)
    }
}
