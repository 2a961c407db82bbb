import Foundation
import TestKit

/// A program that has been started; its output goes to files, so that it never waits for a reader.
final class Running: Sendable {
    private let end: AsyncStream<Int32>
    private let outputPath: String
    private let errorsPath: String
    let identifier: Int32

    init(_ program: String, _ arguments: [String], _ environment: [String: String], in folder: TemporaryFolder) throws {
        let stem = folder.file(UUID().uuidString)
        (outputPath, errorsPath) = (stem + ".out", stem + ".err")
        for path in [outputPath, errorsPath] { _ = FileManager.default.createFile(atPath: path, contents: nil) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.environment = environment
        process.currentDirectoryURL = folder.url
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: outputPath))
        process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: errorsPath))
        let (end, teller) = AsyncStream.makeStream(of: Int32.self)
        self.end = end
        process.terminationHandler = { process in
            // A signal that ended it is no exit status, and is told as a shell tells it.
            teller.yield(process.terminationStatus + (process.terminationReason == .exit ? 0 : 128))
            teller.finish()
        }
        try process.run()
        identifier = process.processIdentifier
    }

    /// What it has written to standard error so far.
    var errors: String { (try? String(contentsOfFile: errorsPath, encoding: .utf8)) ?? "" }

    /// Waits until it ends.
    func result() async throws -> AssayProgram.Result {
        var status: Int32 = -1
        for await told in end { status = told }
        return AssayProgram.Result(
            status: status, output: try String(contentsOfFile: outputPath, encoding: .utf8), errors: errors)
    }
}
