import Engines
import Foundation
import Measurement
import Records
import TestKit
import Testing
import Tensors

/// What the driver of accelerators tells, by a driver that tells what is known.
@Suite(.timeLimit(.minutes(5))) struct AcceleratorTests {
    /// A worker that finds a driver; the variable is set in it alone.
    private func withWorker<Result>(
        driver path: String, device: ComputeDevice = .cpu, _ body: (WorkerClient) async throws -> Result
    ) async throws -> Result {
        let configuration = WorkerConfiguration(
            options: EngineOptions(device: device), environment: ["ASSAY_NVML_LIBRARY": path])
        let client = try await WorkerClient.start(TestWorker.launcher, configuration: configuration)
        let result = try await body(client)
        await client.shutdown()
        return result
    }

    private func driver(_ folder: TemporaryFolder) throws -> String {
        try TestCompiler.library("libnvidia-ml.so.1", FakeDriver.source, in: folder)
    }

    @Test(.enabled(if: TestCompiler.isPresent, "no C compiler is on the path"))
    func theMachineNamesItsDevices() async throws {
        let folder = try TemporaryFolder()
        let machine = try await withWorker(driver: try driver(folder)) { client in
            try await client.perform(ProbeJob.self, .init(), limit: .seconds(20))
        }
        try #require(machine.accelerators.count == 2)
        let first = machine.accelerators[0]
        #expect(
            first
                == Accelerator(
                    name: "Fast Device 80GB", memoryBytes: 80 << 30, driver: "580.1.2", cuda: "13.2", capability: "9.0",
                    clocks: .init(processor: 1410, memory: 2619, mostProcessor: 1980, mostMemory: 3201),
                    powerLimitWatts: 700, temperature: 61, persistence: true, computeMode: "exclusive-process",
                    errorCorrection: true, isCut: false,
                    link: .init(generation: 1, width: 8, mostGeneration: 5, mostWidth: 16)))
        let second = machine.accelerators[1]
        #expect(second.name == "Plain Device" && second.driver == "580.1.2")
        #expect(second.memoryBytes == nil && second.capability == nil && second.powerLimitWatts == nil)
        #expect(second.temperature == nil && second.errorCorrection == nil && second.clocks?.processor == nil)
        #expect(machine.summary.contains("Fast Device 80GB"))
    }

    @Test func withoutADriverThereAreNone() async throws {
        let machine = try await withWorker(driver: "/no/such/library.so") { client in
            try await client.perform(ProbeJob.self, .init(), limit: .seconds(20))
        }
        #expect(machine.accelerators == [])
    }

    /// Clocks, heat, what holds the device back and its memory are read around the runs of an engine that computes there.
    @Test(.enabled(if: TestCompiler.isPresent, "no C compiler is on the path"))
    func theDeviceIsReadAroundRuns() async throws {
        let folder = try TemporaryFolder()
        let device = ComputeDevice(.cuda)
        let readings = try await withWorker(driver: try driver(folder), device: device) { client in
            try await self.readings(client, EngineOptions(device: device))
        }
        try #require(readings.count == 2)
        for reading in readings {
            let device = try #require(reading.device)
            #expect(device.processorClock == 1410 && device.memoryClock == 2619 && device.temperature == 61)
            #expect(device.watts == 412.5 && device.usedMemory == 2 << 30 && device.ownMemory == 123 << 20)
            #expect(device.limits == ["power cap", "heat"])
        }
    }

    /// What computes on the processor has nothing to do with the device.
    @Test(.enabled(if: TestCompiler.isPresent, "no C compiler is on the path"))
    func anEngineOnTheProcessorHasNoDevice() async throws {
        let folder = try TemporaryFolder()
        let readings = try await withWorker(driver: try driver(folder)) {
            try await self.readings($0, EngineOptions())
        }
        #expect(readings.count == 2 && readings.allSatisfy { $0.device == nil })
    }

    private func readings(_ client: WorkerClient, _ options: EngineOptions) async throws -> [MachineReading] {
        _ = try await client.open(engine: "fake")
        let model = try await client.load(FakeModel().source(), options: options)
        let request = MeasureJob.Request(
            model: model.id, inputs: [Tensor([1, 2, 3, 4] as [Float])], duration: .zero, minimumSamples: 3,
            maximumSamples: 3, readsEnds: true)
        return try await client.perform(MeasureJob.self, request, limit: .seconds(20)).readings
    }

    @Test func numbersFollowTheVariableThatHidesDevices() {
        #expect(AcceleratorProbe.number(of: .cpu, visible: nil) == nil)
        #expect(AcceleratorProbe.number(of: ComputeDevice(.cuda, index: 1), visible: nil) == 1)
        #expect(AcceleratorProbe.number(of: ComputeDevice(.cuda), visible: "3,5") == 3)
        #expect(AcceleratorProbe.number(of: ComputeDevice(.cuda, index: 1), visible: "3, 5") == 5)
        #expect(AcceleratorProbe.number(of: ComputeDevice(.cuda, index: 2), visible: "3,5") == nil)
    }

    // MARK: - What moving takes

    /// An engine that sleeps 2 ms on the way and 3 ms at work.
    @Test(arguments: [false, true]) func transfersArePartOfTheTime(isGuest: Bool) async throws {
        let client = try await WorkerClient.start(TestWorker.launcher)
        _ = try await client.open(engine: "fake", guest: isGuest ? GuestCommand([TestWorker.path]) : nil)
        var model = FakeModel()
        model.transferMicroseconds = 2000
        model.runMicroseconds = 3000
        let loaded = try await client.load(model.source(), options: EngineOptions(device: ComputeDevice(.cuda)))
        let input = Tensor([1, 2, 3, 4] as [Float])
        let run = try await client.run(loaded, [input])
        let moved = try #require(run.transfer)
        #expect(moved >= .milliseconds(2) && run.duration - moved >= .milliseconds(3))
        let request = MeasureJob.Request(
            model: loaded.id, inputs: [input], warmup: .zero, duration: .zero, minimumSamples: 12, maximumSamples: 12,
            batch: 2)
        let response = try await client.perform(MeasureJob.self, request, limit: .seconds(20))
        #expect(response.samples.count == 12 && response.transfers.count == 12)
        for (whole, moved) in zip(response.samples, response.transfers) {
            #expect(moved >= 4_000_000 && whole - moved >= 6_000_000)
        }
        #expect(response.stretch.transfers == response.transfers)
        await client.shutdown()
    }

    @Test func whatComputesInMainMemoryTellsOfNone() async throws {
        let client = try await WorkerClient.start(TestWorker.launcher)
        _ = try await client.open(engine: "fake")
        let loaded = try await client.load(FakeModel().source(), options: EngineOptions())
        let input = Tensor([1, 2, 3, 4] as [Float])
        #expect(try await client.run(loaded, [input]).transfer == nil)
        let request = MeasureJob.Request(
            model: loaded.id, inputs: [input], warmup: .zero, duration: .zero, minimumSamples: 3, maximumSamples: 3)
        #expect(try await client.perform(MeasureJob.self, request, limit: .seconds(20)).transfers.isEmpty)
        await client.shutdown()
    }

    // MARK: - What a slower device does

    /// Runs that take as much longer as the device's clock is lower are the device's; the processor kept its speed.
    @Test func aSlowerDeviceIsNamed() {
        func stretch(clocks: (fast: Int, slow: Int)) -> MeasuredStretch {
            var (samples, readings): ([Int64], [MachineReading]) = ([], [])
            var time: Int64 = 0
            var random = SplitMix64(seed: 7)
            func read(_ clock: Int, _ limits: [String]) {
                readings.append(
                    MachineReading(
                        samples: samples.count, begin: time, end: time, processorNanoseconds: time,
                        waitingNanoseconds: 0, machineNanoseconds: time, stolenNanoseconds: 0, involuntarySwitches: 0,
                        minorFaults: 0, stepRate: 3, device: DeviceReading(processorClock: clock, limits: limits)))
            }
            read(clocks.fast, [])
            for block in 0..<20 {
                let isSlow = block >= 10
                for _ in 0..<20 {
                    samples.append((isSlow ? 1_500_000 : 1_000_000) + Int64(random.integer(in: 0...5_000)))
                    time += samples[samples.count - 1]
                }
                read(isSlow ? clocks.slow : clocks.fast, isSlow ? ["heat"] : [])
            }
            return MeasuredStretch(samples: samples, readings: readings)
        }
        let throttled = StationarityCertificate([stretch(clocks: (1980, 1320))])
        #expect(throttled.cause == .slowerDevice, "\(throttled.statement)")
        #expect(throttled.findings.first?.evidence.contains("held down by: heat") == true)
        let steady = StationarityCertificate([stretch(clocks: (1980, 1980))])
        #expect(steady.cause == .slowerEngine, "\(steady.statement)")
    }
}
