public import Engines
public import Records

/// Where a replay finds what a record names by content.
public struct ReplaySources: Sendable {
    /// A file with these bytes that is kept on this machine; `nil` when there is none.
    public var stored: @Sendable (_ digest: Digest) -> String?
    /// Makes a stack ready in the build that a lock names, or in another that will do where it names none.
    public var stack: @Sendable (_ request: StackRequest, _ lock: StackLock) throws -> PreparedStack

    /// Makes sources.
    public init(
        stored: @escaping @Sendable (_ digest: Digest) -> String?,
        stack: @escaping @Sendable (_ request: StackRequest, _ lock: StackLock) throws -> PreparedStack
    ) {
        self.stored = stored
        self.stack = stack
    }
}
