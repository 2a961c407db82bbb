import Dispatch

/// Runs what blocks on a thread of its own: the pool of tasks has as many threads as there are processors, and a test that
/// held one would make all others wait.
public func offThePool<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        DispatchQueue.global().async { continuation.resume(with: Result(catching: body)) }
    }
}
