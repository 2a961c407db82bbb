import Assets
import Foundation
import TestKit
import Testing

/// What a program that was started does when its starter is gone.
@Suite(.timeLimit(.minutes(2))) struct ProcessLeashTests {
    /// Whether a process runs; one that has ended and waits to be reaped does not.
    private func runs(_ process: pid_t) -> Bool {
        guard kill(process, 0) == 0 else { return false }
        let status = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)) ?? ""
        return !status.contains(") Z ")
    }

    private func eventually(_ condition: () -> Bool) async throws -> Bool {
        for _ in 0..<500 {
            if condition() { return true }
            try await Task.sleep(for: .milliseconds(20))
        }
        return condition()
    }

    /// The starter is killed in the midst of it: neither the program nor what that started lives on.
    @Test(arguments: [SIGKILL, SIGTERM]) func aProgramEndsWithItsStarter(signal: Int32) async throws {
        let folder = try TemporaryFolder()
        let path = folder.file("numbers")
        let starter = Process()
        starter.executableURL = URL(fileURLWithPath: TestWorker.path)
        starter.arguments = ["--run-tool", path]
        try starter.run()
        func numbers() -> [pid_t] {
            ((try? String(contentsOfFile: path, encoding: .utf8)) ?? "").split(whereSeparator: \.isWhitespace)
                .compactMap { pid_t($0) }
        }
        #expect(try await eventually { numbers().count == 2 }, "it was not started")
        let started = numbers()
        #expect(started.count == 2 && started.allSatisfy(runs))
        kill(starter.processIdentifier, signal)
        #expect(try await eventually { !started.contains(where: runs) }, "\(started) live on")
    }

    /// A program that ends by itself is told as it ended; it has no input, and its words as they are.
    @Test func aProgramThatEndsIsToldAsItWas() throws {
        let result = try ProcessRunner().run(
            Command("bash", ["-c", "read -r line; echo \"[$line] $0 $1\"; exit 7", "a b", "$HOME; *"]))
        #expect(result.status == 7 && result.output == "[] a b $HOME; *\n", "\(result)")
    }

    /// Nothing that watches is left behind.
    @Test func nothingOfTheLeashIsLeft() async throws {
        let result = try ProcessRunner().run(Command("bash", ["-c", "echo $$"]))
        let group = try #require(pid_t(result.output.trimmingCharacters(in: .whitespacesAndNewlines)))
        #expect(try await eventually { kill(-group, 0) != 0 }, "its group lives on")
    }
}
