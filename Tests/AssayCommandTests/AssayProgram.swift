import Foundation
import TestKit

/// The built program, run as a user runs it, in a home and a folder of its own.
final class AssayProgram: Sendable {
    /// How a run ended and what it wrote.
    struct Result {
        var status: Int32
        var output: String
        var errors: String
    }

    /// Where the build put the program: beside the test bundle; `nil` where it was not built.
    static let path = executable(["assay", "AssayCommand"])
    /// Where the build put the worker.
    static let worker = executable(["assay-worker", "AssayWorker"])
    /// True where both are there.
    static var isBuilt: Bool { path != nil && worker != nil }
    /// Why tests are skipped where one is not.
    static let absence = "assay and assay-worker do not lie beside the test bundle: build the whole package first"

    let folder: TemporaryFolder
    /// The private home, empty at first.
    let home: String

    init() throws {
        folder = try TemporaryFolder()
        home = folder.file("home")
    }

    /// The path of a file in the folder in which the program runs.
    func file(_ name: String) -> String { folder.file(name) }

    /// Writes a file, with the folders above it.
    func write(_ text: String, to name: String) throws {
        let url = URL(fileURLWithPath: file(name))
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
    }

    /// Copies a tiny model of `TestModels` into the folder.
    func copyModel(_ name: String) throws {
        try FileManager.default.copyItem(atPath: "\(TestModels.folder)/\(name).onnx", toPath: file("\(name).onnx"))
    }

    /// Runs the program to its end; blocks no thread.
    func run(_ arguments: [String], environment: [String: String] = [:]) async throws -> Result {
        let running = try start(arguments, environment: environment)
        return try await running.result()
    }

    /// Starts the program.
    func start(_ arguments: [String], environment: [String: String] = [:]) throws -> Running {
        var variables = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        variables["ASSAY_HOME"] = environment["ASSAY_HOME"] ?? home
        variables["ASSAY_WORKER"] = Self.worker
        return try Running(Self.path ?? "assay", arguments, variables, in: folder)
    }

    /// The text with everything replaced that differs from run to run or machine to machine.
    func normalized(_ text: String) -> String {
        // Whether oneDNN is there decides a warning that concerns none of these tests.
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).filter {
            !$0.hasPrefix("warning: native runs on its reference kernels")
        }
        return lines.joined(separator: "\n").replacingOccurrences(of: home, with: "HOME")
            .replacingOccurrences(of: folder.path, with: "FOLDER")
            .replacing(#/native \d+\.\d+\.\d+/#, with: "native VERSION")
    }

    private static func executable(_ names: [String]) -> String? {
        let bundle = URL(fileURLWithPath: TestWorker.path).deletingLastPathComponent().path
        return names.map { "\(bundle)/\($0)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }
}
