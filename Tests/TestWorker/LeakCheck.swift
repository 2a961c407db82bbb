import Engines
import Foundation
import Tensors
import TestKit

/// A client in a process of its own: what it leaves behind can be counted without other tests in the way.
enum LeakCheck {
    /// Starts, uses and loses workers in every way, then prints what is left of them.
    static func run() async throws {
        let launcher = Launcher(name: "test", prefix: [], worker: CommandLine.arguments[0])
        // The run time opens descriptors of its own on first use.
        try await exercise(launcher)
        let before = try descriptors()
        for _ in 0..<5 { try await exercise(launcher) }
        let after = try await settled(to: before)
        var status: Int32 = 0
        let children = waitpid(-1, &status, WNOHANG) == -1 ? 0 : 1
        // Segments of other tests come and go; one that was left behind stays.
        var left = try segments()
        for _ in 0..<60 where !left.isEmpty {
            try await Task.sleep(for: .milliseconds(500))
            left.formIntersection(try segments())
        }
        print("descriptors +\(after - before), children \(children), segments \(left.count)")
    }

    private static func segments() throws -> Set<String> {
        Set(try FileManager.default.contentsOfDirectory(atPath: "/dev/shm").filter { $0.hasPrefix("assay-") })
    }

    /// The descriptors open once the last connection's thread has ended, which may be a moment after its process.
    private static func settled(to count: Int) async throws -> Int {
        for _ in 0..<200 where try descriptors() > count { try await Task.sleep(for: .milliseconds(10)) }
        return try descriptors()
    }

    private static func descriptors() throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
    }

    private static func exercise(_ launcher: Launcher) async throws {
        let large = try Tensor([Float](repeating: 1, count: 100_000), shape: [100_000])
        for mishap in [nil, FakeModel.Mishap.signal(SIGKILL), .rubbish, .exit(3), .hang] {
            let client = try await WorkerClient.start(launcher)
            _ = try await client.open(engine: "fake")
            var model = FakeModel()
            model.onRun = mishap
            let loaded = try await client.load(model.source(), options: EngineOptions())
            _ = try? await client.run(loaded, [large], limit: .milliseconds(500))
            await client.shutdown()
        }
        _ = try? await WorkerClient.start(Launcher(name: "none", prefix: [], worker: "/nonexistent"))
        // A client that is simply forgotten kills its worker.
        var forgotten: WorkerClient? = try await WorkerClient.start(launcher)
        let process = pid_t(forgotten?.hello.process ?? 0)
        forgotten = nil
        for _ in 0..<500 where kill(process, 0) == 0 { try await Task.sleep(for: .milliseconds(10)) }
    }

    /// Starts a worker, prints its number, and dies without a word.
    static func dieWithWorker() async throws {
        let client = try await WorkerClient.start(
            Launcher(name: "test", prefix: [], worker: CommandLine.arguments[0]))
        print(client.hello.process)
        fflush(nil)
        kill(getpid(), SIGKILL)
    }
}
