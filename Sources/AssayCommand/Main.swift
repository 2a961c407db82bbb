import ArgumentParser
import Foundation

/// Runs the command line and maps every way of ending to the documented exit status.
@main
enum Main {
    static func main() async {
        signal(SIGPIPE, SIG_IGN)
        do {
            try await Interruption.watching { try await execute() }
        } catch {
            end(with: error)
        }
    }

    private static func execute() async throws {
        var command = try RootCommand.parseAsRoot()
        if var asynchronous = command as? any AsyncParsableCommand {
            try await asynchronous.run()
        } else {
            try command.run()
        }
    }

    private static func end(with error: any Error) -> Never {
        if let failure = Failure(error) {
            FileHandle.standardError.write(Data((failure.message + "\n").utf8))
            exit(failure.status.rawValue)
        }
        let text = RootCommand.fullMessage(for: error)
        if RootCommand.exitCode(for: error) == .success {
            print(text)
            exit(ExitStatus.done.rawValue)
        }
        if let code = error as? ExitCode { exit(code.rawValue) }
        FileHandle.standardError.write(Data((text + "\n").utf8))
        exit(ExitStatus.wrongInput.rawValue)
    }
}
