import Engines
import Foundation
import Tensors
import TestKit
import Testing

/// A worker that fails is an outcome; the others go on.
@Suite(.timeLimit(.minutes(10))) struct WorkerFailureTests {
    private func loaded(_ change: (inout FakeModel) -> Void) async throws -> (WorkerClient, LoadedModel) {
        let client = try await WorkerClient.start(TestWorker.launcher)
        _ = try await client.open(engine: "fake")
        var model = FakeModel()
        change(&model)
        return (client, try await client.load(model.source(), options: EngineOptions()))
    }

    private func failure(_ mishap: FakeModel.Mishap, limit: Duration = .seconds(20)) async throws -> WorkerError? {
        let (client, model) = try await loaded { $0.onRun = mishap }
        do {
            _ = try await client.run(model, [Tensor([1, 2, 3, 4] as [Float])], limit: limit)
            return nil
        } catch {
            await client.waitUntilEnded()
            return error
        }
    }

    @Test(arguments: [SIGKILL, SIGSEGV, SIGABRT])
    func signalIsRecorded(signal: Int32) async throws {
        let error = try await failure(.signal(signal))
        #expect(error?.failure == .crashed(signal: signal))
    }

    @Test func nullPointerIsASegmentationFault() async throws {
        let error = try await failure(.nullPointer)
        #expect(error?.failure == .crashed(signal: SIGSEGV))
        #expect(error?.code == .crashed)
    }

    @Test func earlyExitIsRecorded() async throws {
        #expect(try await failure(.exit(7))?.failure == .exited(code: 7))
        #expect(try await failure(.exit(0))?.failure == .exited(code: 0))
    }

    @Test func hangingPastTheLimitIsKilled() async throws {
        let start = ContinuousClock.now
        let error = try await failure(.hang, limit: .milliseconds(300))
        #expect(error?.failure == .hung(seconds: 0.3))
        #expect(ContinuousClock.now - start < .seconds(300))
    }

    @Test func rubbishIsAViolationThatShowsTheBytes() async throws {
        let error = try await failure(.rubbish)
        guard case .protocolViolation(let violation) = error?.failure else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(violation.shownBytes == "Segmentation")
        #expect(error?.description.contains("received \"Segmentation\"") == true)
    }

    @Test func closedOutputIsAViolation() async throws {
        let error = try await failure(.closeOutput)
        #expect(error?.code == .protocolViolation)
    }

    @Test func whatAWorkerStartedDiesWithIt() async throws {
        let error = try await failure(.orphan)
        #expect(error?.failure == .crashed(signal: SIGKILL))
    }

    @Test func engineErrorLeavesTheWorkerAlive() async throws {
        let (client, model) = try await loaded { $0.onRun = .error }
        let input = Tensor([1, 2, 3, 4] as [Float])
        await #expect(throws: WorkerError.self) { try await client.run(model, [input]) }
        let second = try await client.run(model, [input])
        #expect(second.outputs == [input])
        await client.shutdown()
        #expect(client.ended?.failure == .closed)
    }

    @Test func printingDoesNoHarmAndIsLogged() async throws {
        let (client, model) = try await loaded { $0.onRun = .chatter }
        let input = Tensor([1, 2, 3, 4] as [Float])
        #expect(try await client.run(model, [input]).outputs == [input])
        await client.shutdown()
        #expect(client.log.contains("a library says hello on standard output"))
    }

    @Test func failureWhileLoadingIsRecorded() async throws {
        let client = try await WorkerClient.start(TestWorker.launcher)
        _ = try await client.open(engine: "fake")
        var model = FakeModel()
        model.onLoad = .signal(SIGSEGV)
        do {
            _ = try await client.load(model.source(), options: EngineOptions())
            Issue.record("it loaded")
        } catch { #expect(error.failure == .crashed(signal: SIGSEGV)) }
        do {
            _ = try await client.status()
            Issue.record("a dead worker answered")
        } catch { #expect(error.failure == .crashed(signal: SIGSEGV)) }
    }

    @Test func otherWorkersFinish() async throws {
        let mishaps: [FakeModel.Mishap?] = [.signal(SIGKILL), nil, .nullPointer, .hang, nil, .rubbish, .exit(1), nil]
        let input = Tensor([1, 2, 3, 4] as [Float])
        let finished = try await withThrowingTaskGroup(of: (Int, Bool).self) { group in
            for (index, mishap) in mishaps.enumerated() {
                group.addTask {
                    let (client, model) = try await self.loaded {
                        $0.onRun = mishap
                        $0.atRun = 1
                        $0.runMicroseconds = 2000
                    }
                    for _ in 0..<20 {
                        do {
                            _ = try await client.run(model, [input], limit: mishap == .hang ? .milliseconds(400) : nil)
                        } catch { return (index, false) }
                    }
                    await client.shutdown()
                    return (index, true)
                }
            }
            return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        for (index, mishap) in mishaps.enumerated() { #expect(finished[index] == (mishap == nil), "worker \(index)") }
    }
}
