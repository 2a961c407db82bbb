import Foundation

/// Runs programs of this machine.
public struct ProcessRunner: CommandRunner {
    private static let pollInterval = 0.02

    /// Makes a runner.
    public init() {}

    /// Runs a command to its end, calling `whileRunning` fifty times a second.
    ///
    /// Output goes through files, so a program that writes much never waits for a reader. When this process
    /// is gone, whatever ended it, the program is killed with all that it has started.
    public func run(_ command: Command, whileRunning: () -> Void) throws(AssetError) -> CommandResult {
        guard let executable = ProcessRunner.find(command.program) else {
            throw AssetError(
                .missingTool, subject: command.program, reason: "there is no such program in the search path",
                remedy: ProcessRunner.remedy(for: command.program))
        }
        let folder = NSTemporaryDirectory() + "/assay-" + UUID().uuidString.lowercased()
        try FileTree.makeFolder(folder)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let outputPath = command.outputFile ?? folder + "/output"
        let leash = ProcessLeash()
        defer { leash.release() }
        let process = Process()
        (process.executableURL, process.arguments) = leash.command(executable, command.arguments)
        process.environment = ProcessInfo.processInfo.environment.merging(command.environment) { $1 }
        if let folder = command.folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
        process.standardInput = leash.end
        process.standardOutput = try ProcessRunner.sink(outputPath)
        process.standardError = try ProcessRunner.sink(folder + "/errors")
        do {
            try ProcessRunner.withNoSignalBlocked { try process.run() }
        } catch {
            throw AssetError(.toolFailed, subject: command.text, reason: FileTree.reason(error))
        }
        while process.isRunning {
            // `Process` waits until nobody holds a descriptor that the program was given, and who watches it does.
            if Self.hasEnded(process.processIdentifier) { leash.release() }
            whileRunning()
            Thread.sleep(forTimeInterval: ProcessRunner.pollInterval)
        }
        let status = Int(process.terminationStatus)
        return CommandResult(
            status: process.terminationReason == .exit ? status : -status,
            output: command.outputFile == nil ? ProcessRunner.text(outputPath) : "",
            errors: ProcessRunner.text(folder + "/errors"))
    }

    /// Whether a child has ended; it is left to be reaped.
    private static func hasEnded(_ process: pid_t) -> Bool {
        var information = unsafe siginfo_t()
        let found = unsafe waitid(P_PID, id_t(process), &information, WEXITED | WNOHANG | WNOWAIT)
        let signal = unsafe information.si_signo
        return found == 0 && signal == SIGCHLD
    }

    /// `Process` hands down the signals that the calling thread blocks, and those of concurrency block nearly all: a program
    /// so started would not even take the request to end.
    private static func withNoSignalBlocked(_ body: () throws -> Void) rethrows {
        var (none, before) = (sigset_t(), sigset_t())
        unsafe sigemptyset(&none)
        unsafe pthread_sigmask(SIG_SETMASK, &none, &before)
        defer { unsafe pthread_sigmask(SIG_SETMASK, &before, nil) }
        try body()
    }

    private static func sink(_ path: String) throws(AssetError) -> FileHandle {
        guard FileManager.default.createFile(atPath: path, contents: nil),
            let handle = FileHandle(forWritingAtPath: path)
        else { throw AssetError(.unwritableFile, subject: path, reason: "it cannot be written") }
        return handle
    }

    private static func text(_ path: String) -> String {
        (try? Data(contentsOf: URL(fileURLWithPath: path))).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    /// The path of a program; `nil` when the search path has none.
    package static func find(_ program: String) -> String? {
        if program.contains("/") { return FileManager.default.isExecutableFile(atPath: program) ? program : nil }
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
        return folders.map { "\($0)/\(program)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    private static func remedy(for program: String) -> String {
        switch program {
        case "python3": "install Python 3 with pip, on Debian: apt-get install python3 python3-pip"
        case "apt-get", "dpkg-deb": "Debian packages can only be fetched on Debian and its descendants"
        default: "install it"
        }
    }
}
