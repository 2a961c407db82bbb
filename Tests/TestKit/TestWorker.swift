public import Engines
import Foundation

/// The worker with the fake engine, which tests start in place of the product.
public enum TestWorker {
    /// Where the build put it: beside the test bundle.
    public static var path: String { executable("TestWorker") ?? "TestWorker" }

    /// The worker of the product; `nil` where it was not built.
    ///
    /// SwiftPM names it after its target when no product is built.
    public static var product: String? { executable("assay-worker") ?? executable("AssayWorker") }

    private static func executable(_ name: String) -> String? {
        let folders =
            CommandLine.arguments.compactMap { argument in
                argument.contains(".xctest") ? (argument as NSString).deletingLastPathComponent : nil
            } + [(CommandLine.arguments[0] as NSString).deletingLastPathComponent]
        return folders.map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// A launcher that starts it on this machine.
    public static var launcher: Launcher { Launcher(name: "test", prefix: [], worker: path) }

    /// Runs it as a program of its own and returns what it printed; blocks no thread.
    public static func run(_ argument: String) async throws -> String {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        _ = FileManager.default.createFile(atPath: file.path, contents: nil)
        defer { try? FileManager.default.removeItem(at: file) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = [argument]
        process.standardOutput = try FileHandle(forWritingTo: file)
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            process.terminationHandler = { _ in continuation.resume() }
            do { try process.run() } catch {
                process.terminationHandler = nil
                continuation.resume(throwing: error)
            }
        }
        return try String(contentsOf: file, encoding: .utf8)
    }
}
