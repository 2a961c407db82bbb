import Engines
import Foundation
import Graphs
import Operators
import Tensors
import TestKit
import Testing

@Suite(.timeLimit(.minutes(10))) struct WorkerClientTests {
    private func opened(_ configuration: WorkerConfiguration = WorkerConfiguration()) async throws -> WorkerClient {
        let client = try await WorkerClient.start(TestWorker.launcher, configuration: configuration)
        _ = try await client.open(engine: "fake")
        return client
    }

    @Test func helloNamesProtocolBuildAndProcess() async throws {
        let first = try await WorkerClient.start(TestWorker.launcher)
        let second = try await WorkerClient.start(TestWorker.launcher)
        #expect(first.hello.protocolVersion == 1)
        #expect(first.hello.build.count == 16)
        #expect(first.hello.build == second.hello.build)
        #expect(first.hello.process != second.hello.process)
        await first.shutdown()
        await second.shutdown()
    }

    @Test func modelTellsItsInputsAndOptions() async throws {
        let client = try await opened()
        var model = FakeModel()
        model.inputs = ["a", "b"]
        model.shape = [-1, 3]
        let options = EngineOptions(threads: 2, spinning: true, extra: ["key": "value"])
        let loaded = try await client.load(model.source(), options: options)
        #expect(
            loaded.inputs == ["a", "b"].map { ValueInfo($0, .tensor(.float32, [.symbol("N"), .fixed(3)])) })
        #expect(loaded.outputs.map(\.name) == ["a_out", "b_out"])
        #expect(loaded.effectiveOptions == options)
        #expect(loaded.loadTime > .zero)
        await client.shutdown()
    }

    @Test(arguments: [0, 1, 16_383, 16_384, 3_000_000])
    func tensorsOfAnySizeComeBackAsTheyWere(count: Int) async throws {
        let client = try await opened()
        let loaded = try await client.load(FakeModel().source(), options: EngineOptions())
        let input = try Tensor((0..<count).map { Float($0) }, shape: [count])
        for _ in 0..<3 { #expect(try await client.run(loaded, [input]).outputs == [input]) }
        await client.shutdown()
    }

    @Test func hugeFramesPassThroughThePipe() async throws {
        let launcher = Launcher(name: "remote", prefix: ["/usr/bin/env", "PATH=/bin"], worker: TestWorker.path)
        let client = try await WorkerClient.start(launcher, configuration: WorkerConfiguration(sharedMemory: false))
        #expect(!client.sharesMemory)
        _ = try await client.open(engine: "fake")
        let loaded = try await client.load(FakeModel().source(), options: EngineOptions())
        let input = try Tensor((0..<4_000_000).map { Float($0) }, shape: [2000, 2000])
        #expect(try await client.run(loaded, [input]).outputs == [input])
        await client.shutdown()
    }

    @Test func stringsTravel() async throws {
        let client = try await opened()
        var model = FakeModel()
        model.elementType = "string"
        let loaded = try await client.load(model.source(), options: EngineOptions())
        let input = try Tensor(strings: ["", "häßlich", "🦆\u{0}x"], shape: [3, 1])
        #expect(try await client.run(loaded, [input]).outputs == [input])
        await client.shutdown()
    }

    @Test func valuesThatAreNoTensorsTravel() async throws {
        let client = try await opened()
        let loaded = try await client.load(FakeModel().source(), options: EngineOptions())
        let words = try Tensor(strings: ["a", ""], shape: [2])
        let large = Tensor((0..<20_000).map { Float($0) })
        let values: [Value] = [
            .sequence([.tensor(words), .tensor(large)], elementType: .tensor(.string, nil)),
            .sequence([], elementType: .tensor(.int4, [.fixed(3), .unknown, .symbol("N")])),
            .optional(nil, elementType: .sequence(.tensor(.bool, nil))),
            .optional(
                .sequence([.tensor(large)], elementType: .tensor(.float32, nil)),
                elementType: .opaque(domain: "d", name: "n")),
        ]
        #expect(try await client.evaluate(loaded, values) == values)
        #expect(try await client.evaluate(loaded, [.tensor(large)]) == [.tensor(large)])
        await client.shutdown()
    }

    @Test func manyRequestsAtOnceGetTheirOwnAnswers() async throws {
        let client = try await opened()
        let loaded = try await client.load(FakeModel().source(), options: EngineOptions())
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<40 {
                group.addTask {
                    let input = Tensor([Float(number)])
                    let result = try await client.run(loaded, [input])
                    #expect(result.outputs == [input])
                }
            }
            try await group.waitForAll()
        }
        await client.shutdown()
    }

    @Test func stackEnvironmentIsInForceBeforeTheEngineOpens() async throws {
        setenv("GOMP_CPU_AFFINITY", "0", 1)
        defer { unsetenv("GOMP_CPU_AFFINITY") }
        let client = try await opened(
            WorkerConfiguration(options: EngineOptions(threads: 3), environment: ["KMP_BLOCKTIME": "7"]))
        #expect(client.environment["OMP_NUM_THREADS"] == "3")
        #expect(client.environment["OMP_WAIT_POLICY"] == "PASSIVE")
        #expect(client.environment["GOMP_SPINCOUNT"] == "100000")
        #expect(client.environment["KMP_BLOCKTIME"] == "7")
        let path = "/proc/\(client.hello.process)/environ"
        #expect(FileManager.default.fileExists(atPath: path))
        await client.shutdown()
    }

    @Test func anotherVersionIsRefused() async throws {
        let client = try await WorkerClient.start(TestWorker.launcher)
        do {
            _ = try await client.open(engine: "fake", libraries: "1.20.1", version: "1.20.0")
            Issue.record("it was accepted")
        } catch {
            guard case .engine(let cause) = error.failure else { throw error }
            #expect(cause.code == .versionMismatch)
            #expect(cause.reason == "version 1.20.0 was locked and the library reports 1.20.1")
        }
        let opened = try await client.open(engine: "fake", libraries: "1.20.1", version: "1.20.1")
        #expect(opened.identity.version == "1.20.1")
        #expect(opened.peakMemory > 1 << 20)
        await client.shutdown()
    }

    @Test func unknownEngineNamesThoseThereAre() async throws {
        let client = try await WorkerClient.start(TestWorker.launcher)
        do {
            _ = try await client.open(engine: "tensorrt")
            Issue.record("it was opened")
        } catch {
            #expect(error.description == "open tensorrt on test: the worker knows no such engine; it knows fake")
        }
        await client.shutdown()
    }

    @Test func jobsTellAndEnd() async throws {
        let client = try await opened()
        let heard = Heard<Int>()
        let tensor = try Tensor((0..<50_000).map { Int64($0) }, shape: [50_000])
        let response = try await client.perform(
            CountingJob.self, .init(count: 10, microseconds: 0, tensor: tensor), limit: .seconds(20),
            onEvent: { heard.add($0) })
        #expect(response.counted == 10)
        #expect(response.tensor.tensor == tensor)
        #expect(heard.all == Array(0..<10))
        await client.shutdown()
    }

    @Test func cancellingAJobKeepsTheWorker() async throws {
        let client = try await opened()
        let heard = Heard<Int>()
        let task = Task {
            try await client.perform(
                CountingJob.self, .init(count: 1_000_000, microseconds: 1000, tensor: Tensor([1 as Float])), limit: nil,
                onEvent: { heard.add($0) })
        }
        while heard.all.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
        task.cancel()
        do {
            _ = try await task.value
            Issue.record("it finished")
        } catch let error as WorkerError { #expect(error.failure == .cancelled) }
        _ = try await client.status()
        await client.shutdown()
    }

    @Test func cancellingAHangingRunKillsTheWorker() async throws {
        let client = try await opened()
        var model = FakeModel()
        model.onRun = .hang
        let loaded = try await client.load(model.source(), options: EngineOptions())
        let task = Task { try await client.run(loaded, [Tensor([1 as Float])], limit: nil) }
        while !client.log.contains("hanging") { try await Task.sleep(for: .milliseconds(5)) }
        task.cancel()
        do {
            _ = try await task.value
            Issue.record("it finished")
        } catch let error as WorkerError { #expect(error.failure == .cancelled) }
        await client.waitUntilEnded()
        #expect(kill(pid_t(client.hello.process), 0) == -1)
    }

    @Test func statusIsAnsweredWhileTheEngineComputes() async throws {
        let client = try await opened()
        var model = FakeModel()
        model.onRun = .hang
        let loaded = try await client.load(model.source(), options: EngineOptions())
        let run = Task { try await client.run(loaded, [Tensor([1 as Float])], limit: nil) }
        while !client.log.contains("hanging") { try await Task.sleep(for: .milliseconds(5)) }
        let status = try await client.status(limit: .seconds(30))
        #expect(status.peakMemory >= status.residentMemory)
        client.kill()
        await client.waitUntilEnded()
        await #expect(throws: WorkerError.self) { try await run.value }
    }

    @Test func peakMemoryIsTheModelsOwn() async throws {
        let client = try await opened()
        let small = try await client.load(FakeModel().source(), options: EngineOptions())
        var model = FakeModel()
        model.allocation = 100 << 20
        let large = try await client.load(model.source(), options: EngineOptions())
        #expect(large.peakMemory - small.peakMemory > 90 << 20)
        try await client.unload(large)
        await client.shutdown()
    }

    @Test func aWorkerThatIsNotThereIsAnError() async throws {
        let launcher = Launcher(name: "nowhere", prefix: [], worker: "/nonexistent/assay-worker")
        do {
            _ = try await WorkerClient.start(launcher)
            Issue.record("it started")
        } catch {
            #expect(error.code == .launch)
            #expect(error.description.contains("No such file or directory"))
        }
    }

    @Test func aProgramThatIsNoWorkerIsAnError() async throws {
        for (command, code) in [("/bin/true", WorkerError.Code.launch), ("/bin/false", .launch)] {
            do {
                _ = try await WorkerClient.start(Launcher(name: command, prefix: [], worker: command))
                Issue.record("\(command) is no worker")
            } catch { #expect(error.code == code) }
        }
        let rubbish = Launcher(name: "yes", prefix: ["/usr/bin/yes"], worker: "rubbish that never ends")
        do {
            _ = try await WorkerClient.start(rubbish)
            Issue.record("yes is no worker")
        } catch {
            #expect(error.code == .protocolViolation)
            #expect(error.description.contains("rubbish that never ends"))
        }
    }

    @Test func bannersBeforeTheMagicAreSkipped() async throws {
        let script = "echo Welcome to node7; echo; exec \"$0\""
        let launcher = Launcher(name: "sh", prefix: ["/bin/sh", "-c", script], worker: TestWorker.path)
        let client = try await WorkerClient.start(launcher)
        #expect(try await client.open(engine: "fake").identity.name == "fake")
        await client.shutdown()
    }

    @Test func nothingStaysBehind() async throws {
        // In a process of its own, since other tests start workers in this one meanwhile.
        let output = try await TestWorker.run("--leak-check")
        #expect(output == "descriptors +0, children 0, segments 0\n")
    }

    @Test func theWorkerEndsWithItsParent() async throws {
        let output = try await TestWorker.run("--die-with-worker")
        let worker = try #require(pid_t(output.trimmingCharacters(in: .whitespacesAndNewlines)))
        for _ in 0..<500 where kill(worker, 0) == 0 { try await Task.sleep(for: .milliseconds(10)) }
        #expect(kill(worker, 0) == -1)
    }
}
