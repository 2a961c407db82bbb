import Engines
import Measurement
import Records
import Tensors
import TestKit
import Testing

@Suite(.timeLimit(.minutes(10))) struct MeasureJobTests {
    private func measure(
        _ change: (inout FakeModel) -> Void = { _ in }, _ input: Tensor = Tensor([1, 2, 3, 4] as [Float]),
        _ request: (Int, [Tensor]) -> MeasureJob.Request
    ) async throws -> MeasureJob.Response {
        let client = try await WorkerClient.start(TestWorker.launcher)
        _ = try await client.open(engine: "fake")
        var model = FakeModel()
        change(&model)
        let loaded = try await client.load(model.source(), options: EngineOptions())
        let response = try await client.perform(
            MeasureJob.self, request(loaded.id, [input]), limit: .seconds(60))
        await client.shutdown()
        return response
    }

    @Test func samplesAreTheTimesOfRuns() async throws {
        let response = try await measure({ $0.runMicroseconds = 2000 }) {
            MeasureJob.Request(model: $0, inputs: $1, warmup: .zero, duration: .seconds(20), maximumSamples: 25)
        }
        #expect(response.samples.count == 25)
        #expect(response.samples.allSatisfy { $0 >= 2_000_000 })
        #expect(response.samples.reduce(0, +) <= response.elapsedNanoseconds)
        #expect(response.warmupRuns == 1)
        #expect(response.allFinite)
        // It sleeps, so nearly no processor time passes.
        #expect(response.processorNanoseconds < response.elapsedNanoseconds / 2)
    }

    @Test func batchesTimeSeveralRuns() async throws {
        let response = try await measure({ $0.runMicroseconds = 1000 }) {
            MeasureJob.Request(
                model: $0, inputs: $1, warmup: .zero, warmupRuns: 3, duration: .zero, minimumSamples: 4, batch: 5)
        }
        #expect(response.samples.count == 4)
        #expect(response.samples.allSatisfy { $0 >= 5_000_000 })
        #expect(response.warmupRuns == 15)
    }

    @Test func processorTimeLeavesSleepOut() async throws {
        let response = try await measure({ $0.runMicroseconds = 5000 }) {
            MeasureJob.Request(
                model: $0, inputs: $1, warmup: .zero, warmupRuns: 0, duration: .zero, minimumSamples: 5,
                clock: .processor)
        }
        #expect(response.samples.count == 5 && response.warmupRuns == 0)
        #expect(response.samples.allSatisfy { $0 < 2_500_000 }, "\(response.samples)")
    }

    @Test func peaksOfThisMachine() async throws {
        let client = try await WorkerClient.start(TestWorker.launcher)
        let peaks = try await client.perform(
            PeakJob.self, PeakJob.Request(threads: 1, streamBytes: 8 << 20), limit: .seconds(60))
        await client.shutdown()
        #if arch(x86_64) || arch(arm64)
            // From the slowest core that runs Swift to twice the fastest known.
            let float = try #require(peaks.float)
            #expect((1e9...2e12).contains(float.best) && float.least <= float.best && float.trials == 7)
            #expect(peaks.floatInstructions != "none")
        #endif
        #expect((1e8...2e12).contains(try #require(peaks.stream).best))
        if let integer = peaks.integer {
            #expect(integer.best > (peaks.float?.best ?? 0), "a dot product of bytes does more than one of reals")
        }
    }

    @Test func noThreadsAreNoRequest() async throws {
        let client = try await WorkerClient.start(TestWorker.launcher)
        await #expect(throws: WorkerError.self) {
            try await client.perform(
                PeakJob.self, PeakJob.Request(threads: 0, streamBytes: 8 << 20), limit: .seconds(10))
        }
        await client.shutdown()
    }

    @Test func durationEndsTheLoop() async throws {
        let response = try await measure({ $0.runMicroseconds = 1000 }) {
            MeasureJob.Request(model: $0, inputs: $1, warmup: .milliseconds(20), duration: .milliseconds(100))
        }
        #expect(response.elapsedNanoseconds >= 100_000_000)
        #expect((1...101).contains(response.samples.count))
        #expect((1...21).contains(response.warmupRuns))
    }

    @Test func warmUpEndsWhenTheTimesHaveSettled() async throws {
        let response = try await measure({ $0.runMicroseconds = 1000 }) {
            MeasureJob.Request(
                model: $0, inputs: $1, warmup: .seconds(2), duration: .zero, minimumSamples: 1, settles: true)
        }
        #expect([.settled, .capped].contains(response.warmup.end))
        #expect(response.warmup.runs >= 16 && response.warmup.nanoseconds >= 50_000_000)
        // The cap ends it after the run that is under way.
        #expect(response.warmup.nanoseconds < 4_000_000_000)
        let slow = try await measure({ $0.runMicroseconds = 60_000 }) {
            MeasureJob.Request(
                model: $0, inputs: $1, warmup: .milliseconds(150), duration: .zero, minimumSamples: 1, settles: true)
        }
        #expect(slow.warmup.end == .tooFewRuns && (1...3).contains(slow.warmup.runs))
        let none = try await measure {
            MeasureJob.Request(
                model: $0, inputs: $1, warmup: .zero, warmupRuns: 0, duration: .zero, minimumSamples: 1, settles: true)
        }
        #expect(none.warmup.runs == 0)
    }

    @Test func theMachineIsReadBetweenBlocks() async throws {
        let response = try await measure({ $0.runMicroseconds = 1000 }) {
            MeasureJob.Request(
                model: $0, inputs: $1, warmup: .zero, duration: .milliseconds(200), block: .milliseconds(40))
        }
        let readings = response.readings
        #expect((3...7).contains(readings.count), "\(readings.count)")
        #expect(readings.first?.samples == 0 && readings.last?.samples == response.samples.count)
        for (before, after) in zip(readings, readings.dropFirst()) {
            #expect(before.samples < after.samples && before.end < after.begin)
            #expect(before.processorNanoseconds <= after.processorNanoseconds)
        }
        let unread = try await measure {
            MeasureJob.Request(model: $0, inputs: $1, warmup: .zero, duration: .zero, minimumSamples: 3)
        }
        #expect(unread.readings.isEmpty && unread.samples.count == 3)
    }

    @Test func outputsComeBackAndAreLookedAt() async throws {
        let response = try await measure({ $0.arithmetic = .notANumber }) {
            MeasureJob.Request(
                model: $0, inputs: $1, warmup: .zero, duration: .zero, minimumSamples: 2, keepsOutputs: true)
        }
        #expect(response.nonFiniteOutputs == [0])
        let doubled = try await measure({ $0.arithmetic = .double }) {
            MeasureJob.Request(model: $0, inputs: $1, warmup: .zero, duration: .zero, keepsOutputs: true)
        }
        #expect(doubled.outputs.map(\.tensor) == [Tensor([2, 4, 6, 8] as [Float])])
    }

    @Test func aCrashWhileMeasuringIsAnOutcome() async throws {
        do {
            _ = try await measure({
                $0.onRun = .nullPointer
                $0.atRun = 10
            }) { MeasureJob.Request(model: $0, inputs: $1, warmup: .zero, duration: .seconds(30)) }
            Issue.record("it survived")
        } catch let error as WorkerError {
            guard case .crashed = error.failure else { throw error }
        }
    }

    @Test func probeReadsThisMachine() async throws {
        let client = try await WorkerClient.start(TestWorker.launcher)
        let machine = try await client.perform(ProbeJob.self, .init(), limit: .seconds(20))
        let here = MachineProbe.current()
        #expect(machine.processor == here.processor)
        #expect(machine.kernel == here.kernel)
        #expect(machine.logicalCores > 0)
        await client.shutdown()
    }
}
