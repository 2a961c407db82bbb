import Foundation
import TestKit

/// The program as the build left it beside the test bundle.
enum BuiltProgram {
    /// The folder of the build's products.
    static let folder: String? = {
        let arguments = CommandLine.arguments
        let folders =
            arguments.filter { $0.contains(".xctest") }.map { ($0 as NSString).deletingLastPathComponent }
            + [(arguments[0] as NSString).deletingLastPathComponent]
        return folders.first { folder in
            ["assay", "assay-worker"].allSatisfy { FileManager.default.isExecutableFile(atPath: "\(folder)/\($0)") }
        }
    }()

    /// Runs lines of shell with the program on the path, in a folder, under the user's home or another; gives their exit status and
    /// all they printed.
    ///
    /// Blocks no thread: tests share few.
    static func shell(
        _ line: String, in directory: String, home: String? = nil
    ) async throws -> (status: Int32, output: String) {
        var environment = ProcessInfo.processInfo.environment
        environment["ASSAY_HOME"] = home ?? environment["ASSAY_HOME"] ?? NSHomeDirectory() + "/.assay"
        environment["PATH"] = (folder ?? "") + ":" + (environment["PATH"] ?? "/usr/bin:/bin")
        environment["ASSAY_WORKER"] = (folder ?? "") + "/assay-worker"
        environment["COLUMNS"] = "120"
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["bash", "-euo", "pipefail", "-c", line]
        process.currentDirectoryURL = URL(fileURLWithPath: directory)
        process.environment = environment
        process.standardInput = FileHandle.nullDevice
        let place = try TemporaryFolder()
        let file = place.file("output")
        _ = FileManager.default.createFile(atPath: file, contents: nil)
        let output = try FileHandle(forWritingTo: URL(fileURLWithPath: file))
        process.standardOutput = output
        process.standardError = output
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            process.terminationHandler = { _ in continuation.resume() }
            do { try process.run() } catch {
                process.terminationHandler = nil
                continuation.resume(throwing: error)
            }
        }
        return (process.terminationStatus, try String(contentsOfFile: file, encoding: .utf8))
    }
}
