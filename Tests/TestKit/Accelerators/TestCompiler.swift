import Foundation

/// Makes shared libraries of known behaviour from C, to stand in for those of a driver.
public enum TestCompiler {
    /// Whether there is a compiler.
    public static var isPresent: Bool { path != nil }

    private static let path: String? = {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
        return ["cc", "clang", "gcc"].lazy.flatMap { name in folders.map { "\($0)/\(name)" } }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }()

    /// Why nothing was made.
    public struct Failure: Error {
        /// What the compiler said.
        public let message: String
    }

    /// Compiles a library.
    ///
    /// - Returns: its path in the folder.
    public static func library(_ name: String, _ source: String, in folder: TemporaryFolder) throws -> String {
        let (file, library) = (folder.file(name + ".c"), folder.file(name))
        try source.write(toFile: file, atomically: true, encoding: .utf8)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path ?? "cc")
        process.arguments = ["-shared", "-fPIC", "-O1", "-o", library, file]
        let errors = Pipe()
        process.standardError = errors
        try process.run()
        let said = errors.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(message: String(decoding: said, as: UTF8.self)) }
        return library
    }
}
