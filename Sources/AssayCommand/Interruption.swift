import Dispatch
import Foundation

/// Turns the first Ctrl-C into cancellation, so that a study can keep its partial record; the second one ends at once.
enum Interruption {
    static func watching(_ body: @escaping @Sendable () async throws -> Void) async throws {
        let task = Task { try await body() }
        let sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                if task.isCancelled { exit(ExitStatus.interrupted.rawValue) }
                FileHandle.standardError.write(Data("\ninterrupted: keeping what was measured …\n".utf8))
                task.cancel()
            }
            source.resume()
            return source
        }
        defer { sources.forEach { $0.cancel() } }
        do {
            try await task.value
        } catch is CancellationError {
            exit(ExitStatus.interrupted.rawValue)
        }
    }
}
