import Engines
import Foundation
import Graphs
import Measurement
import Operators
import Tensors
import TestKit
import Testing

/// An engine in a process of its own: the worker with the fake engine is the guest of another worker.
@Suite(.timeLimit(.minutes(10))) struct GuestTests {
    private static let input = Tensor([1, 2, 3, 4] as [Float])

    private func opened(_ command: [String] = [TestWorker.path]) async throws -> WorkerClient {
        let client = try await WorkerClient.start(TestWorker.launcher)
        _ = try await client.open(engine: "fake", guest: GuestCommand(command))
        return client
    }

    private func loaded(_ change: (inout FakeModel) -> Void = { _ in }) async throws -> (WorkerClient, LoadedModel) {
        let client = try await opened()
        var model = FakeModel()
        change(&model)
        return (client, try await client.load(model.source(), options: EngineOptions(threads: 2)))
    }

    private func failure(_ mishap: FakeModel.Mishap, limit: Duration = .seconds(60)) async throws -> WorkerError? {
        let (client, model) = try await loaded { $0.onRun = mishap }
        do {
            _ = try await client.run(model, [Self.input], limit: limit)
            return nil
        } catch {
            await client.waitUntilEnded()
            return error
        }
    }

    @Test func aGuestAnswersLikeAnEngineOfTheWorker() async throws {
        let (client, model) = try await loaded { $0.arithmetic = .double }
        #expect(model.inputs.map(\.name) == ["x"] && model.outputs.map(\.name) == ["x_out"])
        #expect(model.effectiveOptions.threads == 2)
        #expect(try await client.run(model, [Self.input]).outputs == [Tensor([2, 4, 6, 8] as [Float])])
        #expect(try await client.evaluate(model, [.tensor(Self.input)]) == [.tensor(Tensor([2, 4, 6, 8] as [Float]))])
        try await client.unload(model)
        await client.shutdown()
        #expect(client.ended?.failure == .closed)
    }

    /// A program that says another version than it said when it was added is refused, with what to do.
    @Test func anotherVersionIsRefused() async throws {
        let client = try await WorkerClient.start(TestWorker.launcher)
        do {
            _ = try await client.open(engine: "fake", version: "0.9", guest: GuestCommand([TestWorker.path]))
            Issue.record("it was opened")
        } catch {
            guard case .engine(let reason) = error.failure else {
                Issue.record("\(error)")
                return
            }
            #expect(
                reason.code == .versionMismatch && reason.reason == "version 0.9 was added and its program reports 1.0")
            #expect(reason.remedy == "add it again: assay engines add fake -- COMMAND")
        }
        await client.shutdown()
    }

    /// Tensors of this size go through shared memory on both ways.
    @Test func largeTensorsPass() async throws {
        let (client, model) = try await loaded { $0.shape = [1 << 20] }
        let input = Tensor((0..<(1 << 20)).map { Float($0) })
        #expect(try await client.run(model, [input]).outputs == [input])
        await client.shutdown()
    }

    @Test(arguments: [SIGKILL, SIGSEGV, SIGABRT]) func itsSignalIsTheOutcome(signal: Int32) async throws {
        #expect(try await failure(.signal(signal))?.failure == .crashed(signal: signal))
    }

    @Test func itsExitIsTheOutcome() async throws {
        #expect(try await failure(.exit(7))?.failure == .exited(code: 7))
    }

    @Test func aHangingGuestIsKilledWithItsWorker() async throws {
        #expect(try await failure(.hang, limit: .milliseconds(300))?.failure == .hung(seconds: 0.3))
    }

    @Test func whatItStartedHoldsNothingUp() async throws {
        #expect(try await failure(.orphan)?.failure == .crashed(signal: SIGKILL))
    }

    @Test(arguments: [FakeModel.Mishap.rubbish, .closeOutput]) func aBrokenProtocolIsNamed(
        mishap: FakeModel.Mishap
    ) async throws {
        let error = try await failure(mishap)
        #expect(error?.failure == .exited(code: 2))
        #expect(error?.log.contains("the guest broke the protocol") == true, "\(String(describing: error))")
    }

    @Test func anErrorLeavesItAlive() async throws {
        let (client, model) = try await loaded { $0.onRun = .error }
        await #expect(throws: WorkerError.self) { try await client.run(model, [Self.input]) }
        #expect(try await client.run(model, [Self.input]).outputs == [Self.input])
        await client.shutdown()
    }

    /// `true` ends without a word, and `head` speaks no protocol that anyone knows.
    @Test(arguments: [["true"], ["head", "-c", "100", "/dev/zero"], ["/no/such/program"]])
    func whatIsNoWorkerIsUnavailable(command: [String]) async throws {
        let client = try await WorkerClient.start(TestWorker.launcher)
        do {
            _ = try await client.open(engine: "mine", guest: GuestCommand(command))
            Issue.record("it was opened")
        } catch {
            guard case .engine(let reason) = error.failure else {
                Issue.record("\(error)")
                return
            }
            #expect(reason.code == .unavailable && reason.subject == "mine")
        }
        await client.shutdown()
    }

    /// The guest's memory and processor time are the engine's.
    @Test func theKernelsBooksAreTheGuests() async throws {
        let plain = try await opened()
        let before = try await plain.status().peakMemory
        await plain.shutdown()
        let (client, _) = try await loaded { $0.allocation = 200 << 20 }
        let status = try await client.status()
        #expect(status.peakMemory - before > 150 << 20, "\(status)")
        #expect(status.processorNanoseconds > 0 && status.minorFaults > 0)
        await client.shutdown()
    }

    /// A guest that has ended was the engine too.
    @Test func whatAGuestHasUsedStaysKnown() async throws {
        let (client, model) = try await loaded { $0.allocation = 200 << 20 }
        let request = ScenarioJob.Request(model: model.id, inputs: [[Self.input]], demand: .afterAnswer)
        var two = request
        two.servers = 2
        two.leastNanoseconds = 0
        two.leastQueries = 10
        two.warmupNanoseconds = 1_000_000
        let response = try await client.perform(ScenarioJob.self, two, limit: .seconds(60))
        let after = try await client.status()
        #expect(after.residentMemory < response.after.residentMemory - (150 << 20))
        #expect(after.peakMemory >= response.after.peakMemory)
        #expect(after.processorNanoseconds >= response.after.processorNanoseconds)
        await client.shutdown()
    }

    /// A sleep of 5 ms is what is measured, however long the way to it is.
    @Test func theWayIsInNoSample() async throws {
        let (client, model) = try await loaded {
            $0.runMicroseconds = 5000
            $0.shape = [1 << 20]
        }
        let request = MeasureJob.Request(
            model: model.id, inputs: [Tensor((0..<(1 << 20)).map { Float($0) })], minimumSamples: 20,
            maximumSamples: 20)
        let response = try await client.perform(MeasureJob.self, request, limit: .seconds(60))
        let samples = response.samples.sorted()
        // Copies of 4 MiB and two messages a run take milliseconds.
        #expect(samples[0] >= 5_000_000)
        #expect(response.elapsedNanoseconds > samples.reduce(0, +))
        await client.shutdown()
    }
}
