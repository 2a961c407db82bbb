import Assets
import Engines
import Records
import Specs
import Studies
import TestKit
import Testing

/// The COST over machines: workers of this machine behind commands stand for those of others.
@Suite(.serialized, .timeLimit(.minutes(5))) struct CostMachinesTests {
    private func machine(_ name: String) -> StackPlace {
        .launched(["/usr/bin/env", "ASSAY_TEST_MACHINE=\(name)"])
    }

    /// Version 1 takes 8 ms a run, version 2 takes 12 ms.
    private func bench() throws -> FakeBench {
        func model(_ microseconds: Int) -> FakeModel {
            var model = FakeModel()
            model.toldMicroseconds = microseconds
            return model
        }
        return try FakeBench(["1": model(8_000), "2": model(12_000)])
    }

    private func spec(_ machines: [StackPlace]) -> CostSpec {
        var spec = CostSpec()
        spec.model = "fake.onnx"
        spec.stacks = [StackRequest.fake("2")]
        spec.against = [StackRequest.fake("1")]
        spec.threads = [1]
        spec.machines = machines
        spec.processes = 3
        spec.rounds = 2
        spec.burst = .milliseconds(120)
        spec.warmup = .milliseconds(10)
        return spec
    }

    /// Each machine has two thirds of the throughput of the single thread: two are enough, wherever the first one is.
    @Test(arguments: [true, false]) func twoMachinesBeatOneThread(isFirstHere: Bool) async throws {
        let machines = [isFirstHere ? StackPlace.here : machine("first"), machine("second"), machine("third")]
        let record = try await bench().run(spec(machines)).record
        for (count, wanted) in [("1", 2.0 / 3), ("2", 4.0 / 3), ("3", 2.0)] {
            let labels = ["machines": count, Label.stack: "fake 2"]
            let ratio = try #require(record.first("cost.ratio", with: labels)?.value)
            #expect(abs(ratio - wanted) < 0.1 * wanted, "\(count): \(ratio)")
        }
        let least = try #require(record.first("cost.least", with: ["grows": "machines"]))
        #expect(least.value == 2 && least.interval?.lower == 2, "\(record.metrics)")
        #expect(record.metrics("cost.least").count == 1, "nothing else grows")
        #expect(record.verdicts.map(\.state) == [.holds])
        #expect(record.verdicts[0].statement.hasSuffix("from 2 machines on"), "\(record.verdicts[0].statement)")
        #expect(record.notes.contains { $0.contains("=second, by ") && $0.contains("=third: ") })
        #expect(record.notes.contains { $0.contains("clocks of the machines") }, "\(record.notes)")
    }

    /// A machine counts as it does best, and what grows on one machine is told as ever.
    @Test func workersAndMachinesGrow() async throws {
        var spec = spec([.here, machine("second")])
        spec.workers = [1, 2]
        let record = try await bench().run(spec).record
        let least = record.metrics("cost.least").map { [$0.labels["grows"] ?? "", $0.value?.description ?? ""] }
        #expect(least == [["workers", "2.0"], ["machines", "1.0"]], "\(record.metrics)")
        let labels = ["machines": "2", "workers": "2", Label.stack: "fake 2"]
        let ratio = try #require(record.first("cost.ratio", with: labels)?.value)
        #expect(abs(ratio - 8.0 / 3) < 0.3, "\(ratio)")
        let table = try #require(record.exhibits.first { $0.name == "configurations" })
        guard case .table(let content) = table.content else {
            Issue.record("it is no table")
            return
        }
        #expect(content.columns.map(\.title).prefix(4) == ["system", "threads", "workers", "machines"])
    }

    /// The negative control: a machine that is not there is a failure of what needs it, and of nothing else.
    @Test func aMachineThatIsNotThereFails() async throws {
        let gone = StackPlace.launched(["/usr/bin/env", "false"])
        let record = try await bench().run(spec([.here, gone])).record
        let failed = record.outcomes.filter { !$0.isCompleted }
        #expect(failed.map(\.stack) == ["fake 2"] && failed.map { $0.labels["machines"] } == ["2"], "\(failed)")
        #expect(record.first("cost.unbounded", with: ["grows": "machines"])?.value == 1)
        #expect(record.verdicts[0].statement.hasSuffix("unbounded up to 1 machine"), "\(record.verdicts)")
    }

    /// With a bound the machines share the arrivals.
    @Test func arrivalsAreShared() async throws {
        var sleeper = FakeModel()
        sleeper.runMicroseconds = 5000
        var spec = spec([.here, machine("second")])
        spec.stacks = [StackRequest.fake("5")]
        spec.against = []
        spec.bound = .milliseconds(60)
        spec.percentile = 50
        spec.precision = 0.5
        spec.processes = 2
        spec.longest = .seconds(2)
        let record = try await FakeBench(["5": sleeper]).run(spec).record
        let rates = try ["1", "2"].map { try #require(record.first("cost.throughput", with: ["machines": $0])?.value) }
        #expect(rates[1] > rates[0], "\(rates)")
    }

    /// Warm-up ends as soon as run times have settled; what the spec says is the most it may take.
    @Test func warmUpEndsBySettling() async throws {
        var sleeper = FakeModel()
        sleeper.runMicroseconds = 2000
        var spec = spec([.here])
        spec.stacks = [StackRequest.fake("5")]
        spec.against = []
        spec.processes = 1
        spec.warmup = .seconds(60)
        let clock = ContinuousClock()
        let bench = try FakeBench(["5": sleeper])
        let time = try await clock.measure { _ = try await bench.run(spec) }
        #expect(time < .seconds(60), "\(time)")
    }

    // MARK: - How machines are written

    @Test func wordsAndSpecsMeanTheSame() throws {
        let digest = String(repeating: "0a", count: 32)
        let image = try ImageReference("registry:5000/assay@sha256:\(digest)")
        let wanted = [StackPlace.here, .ssh(host: "node1"), .image(image), .launched(["srun", "-n1"])]
        let words = ["here", "ssh:node1", "image:registry:5000/assay@sha256:\(digest)", "launched:srun -n1"]
        #expect(try StackPlace.list(commandLine: words) == wanted)
        let text = """
            model: a.onnx
            machines: [here, {ssh: node1}, {image: "registry:5000/assay@sha256:\(digest)"}, {launched: [srun, -n1]}]
            """
        let read = try CostSpec.spec.decode(text)
        #expect(read.value.machines == wanted)
        #expect(try CostSpec.spec.decode(read.effective.yaml).value.machines == wanted)
        #expect(try CostSpec.spec.decode("model: a.onnx").value.machines == [.here])
    }

    @Test(arguments: [
        ["shh:node1"], ["ssh"], ["ssh:"], ["here:1"], ["here", "here"], ["ssh:a", "here", "ssh:a"],
        ["ssh:-oProxyCommand=x"],
        ["image:debian:12"], ["launched:"], [],
    ])
    func whatIsNoMachineIsRefused(words: [String]) {
        #expect { _ = try StackPlace.list(commandLine: words) } throws: { error in
            let errors = (error as? SpecErrors)?.all ?? []
            return errors.count == 1 && errors[0].file == "--machines" && errors[0].mark == nil
        }
    }
}
