import Engines
import Records
import Specs
import Studies
import TestKit
import Testing

/// The whole study on an engine whose runs take a known time, so that the COST is known.
@Suite(.serialized, .timeLimit(.minutes(5))) struct CostTests {
    /// Version 1 takes 8 ms a run, version 2 takes 16 ms, version 3 takes 80 ms.
    private func bench() throws -> FakeBench {
        func model(_ microseconds: Int) -> FakeModel {
            var model = FakeModel()
            model.toldMicroseconds = microseconds
            return model
        }
        return try FakeBench(["1": model(8_000), "2": model(16_000), "3": model(80_000)])
    }

    private func spec(_ systems: [String], against: [String] = [], workers: [Int]) -> CostSpec {
        var spec = CostSpec()
        spec.model = "fake.onnx"
        spec.stacks = systems.map(StackRequest.fake)
        spec.against = against.map(StackRequest.fake)
        spec.threads = [1]
        spec.workers = workers
        spec.processes = 3
        spec.rounds = 2
        spec.burst = .milliseconds(120)
        spec.warmup = .milliseconds(10)
        return spec
    }

    @Test func fourSleepersBeatOne() async throws {
        let record = try await bench().run(spec(["2"], against: ["1"], workers: [1, 4])).record
        // One worker of 16 ms has half of the throughput, four have twice as much.
        let one = try #require(record.first("cost.ratio", with: ["workers": "1", Label.stack: "fake 2"])?.value)
        let four = try #require(record.first("cost.ratio", with: ["workers": "4", Label.stack: "fake 2"])?.value)
        #expect(abs(one - 0.5) < 0.15 && abs(four - 2) < 0.6, "\(one), \(four)")
        let least = try #require(record.first("cost.least", with: ["grows": "workers"]))
        #expect(least.value == 4 && least.interval?.lower == 4, "\(record.metrics)")
        #expect(record.verdicts.count == 1 && record.verdicts[0].state == .holds)
        #expect(record.notes.contains { $0.hasPrefix("The single thread is fake 1") })
        #expect(record.exhibits.map(\.name) == ["cost", "throughput", "configurations"])
    }

    /// The negative control: no number of workers that was tried makes up for a factor of ten.
    @Test func whatIsTooSlowIsUnbounded() async throws {
        let record = try await bench().run(spec(["3"], against: ["1"], workers: [1, 2])).record
        #expect(record.first("cost.unbounded", with: [:])?.value == 1)
        #expect(record.first("cost.least", with: [:])?.value == nil)
        #expect(record.verdicts[0].state == .fails)
        #expect(record.verdicts[0].statement.contains("unbounded up to 2 workers"))
    }

    @Test func theSingleThreadIsTheFastest() async throws {
        let record = try await bench().run(spec(["3", "2", "1"], workers: [1])).record
        #expect(
            record.notes.contains { $0.hasPrefix("The single thread is fake 1, by measurement") }, "\(record.notes)")
        // Nothing beats itself.
        #expect(record.metrics("cost.unbounded").map(\.value) == [1, 1, 1])
    }

    /// Engines that really sleep: at a bound queries come by a schedule, on the worker's own clock.
    private func sleepers(_ milliseconds: [Int]) throws -> FakeBench {
        var models: [String: FakeModel] = [:]
        for time in milliseconds {
            models[String(time)] = FakeModel()
            models[String(time)]?.runMicroseconds = time * 1000
        }
        return try FakeBench(models)
    }

    private func bounded(_ systems: [String], against: [String], workers: [Int]) -> CostSpec {
        var spec = spec(systems, against: against, workers: workers)
        spec.bound = .milliseconds(60)
        spec.percentile = 50
        spec.precision = 0.5
        spec.processes = 2
        spec.longest = .seconds(2)
        return spec
    }

    @Test func whatBreaksTheBoundDoesNotCount() async throws {
        let record = try await sleepers([5, 90]).run(bounded(["90", "5"], against: ["90"], workers: [1, 2])).record
        // No single thread of 90 ms holds 60 ms, and nobody beside it helps; one worker of 5 ms does.
        #expect(record.notes.contains("No single thread holds the bound."))
        #expect(record.first("cost.least", with: [Label.stack: "fake 5"])?.value == 1)
        #expect(record.first("cost.unbounded", with: [Label.stack: "fake 90"])?.value == 1)
        // Two workers share the arrivals.
        let rates = try ["1", "2"].map { workers in
            try #require(
                record.first("cost.throughput", with: [Label.stack: "fake 5", "workers": workers])?.value)
        }
        #expect(rates[1] > rates[0], "\(rates)")
        for name in ["cost.throughput", "cost.ratio", "cost.latency.p50"] {
            let told = try #require(record.first(name, with: [Label.stack: "fake 90"]))
            #expect(told.value == nil && told.description.contains("breaks the bound at every rate"), "\(told)")
        }
        let searches = try #require(record.exhibits.first { $0.name == "rates" })
        guard case .table(let table) = searches.content else {
            Issue.record("it is no table")
            return
        }
        #expect(table.rows.count == 8, "two configurations of two systems in two processes")
    }

    /// The highest rate lies below what a closed loop does: at that rate the queue never ends.
    @Test func theBoundIsHeldByArrivalsOfASchedule() async throws {
        var spec = bounded(["5"], against: [], workers: [1])
        spec.bound = .milliseconds(25)
        spec.percentile = 75
        let record = try await sleepers([5]).run(spec).record
        let rate = try #require(record.first("cost.throughput", with: [:])?.value)
        #expect(rate > 5 && rate < 200, "a thread of 5 ms does at most 200 a second, and fewer with a queue: \(rate)")
        let response = try #require(record.first("cost.latency.p75", with: [:]))
        #expect((response.value ?? .infinity) <= 25e6 && (response.value ?? 0) >= 5e6, "\(response)")
        #expect(record.series.map(\.name) == ["time.response"])
    }

    /// In a tenth of a second no rate of an engine of 20 ms is decided: then nothing is said for certain.
    @Test func tooShortATimeDecidesNothing() async throws {
        var spec = bounded(["20"], against: [], workers: [1])
        spec.percentile = 99
        spec.longest = .milliseconds(100)
        let record = try await sleepers([20]).run(spec).record
        #expect(record.first("cost.throughput", with: [:])?.value == nil)
        #expect(record.verdicts.map(\.state) == [.unknown], "\(record.verdicts)")
        #expect(record.notes.contains { $0.contains("not decided") }, "\(record.notes)")
    }

    @Test func moneyAndJoulesFollowFromThroughput() async throws {
        var spec = spec(["1"], workers: [1])
        spec.prices = [SpecNamed("1", 3.6)]
        spec.power = [SpecNamed("each", 10)]
        let record = try await bench().run(spec).record
        let rate = try #require(record.first("cost.throughput", with: [:])?.value)
        let price = try #require(record.first("cost.price-per-million", with: [:]))
        let energy = try #require(record.first("cost.energy", with: [:]))
        #expect(abs((price.value ?? 0) - 1000 / rate) < 1e-9 && price.kind == .modelled)
        #expect(abs((energy.value ?? 0) - 10 / rate) < 1e-9 && energy.unit == .joules)
    }

    @Test(arguments: [[SpecNamed("two", 1.0)], [SpecNamed("0", 1.0)], [SpecNamed("2", 1.0)]])
    func pricesOfNothingAreRefused(prices: [SpecNamed<Double>]) async throws {
        var spec = spec(["1"], workers: [1])
        spec.prices = prices
        let bench = try bench()
        await #expect {
            _ = try await bench.run(spec)
        } throws: { ($0 as? StudyError)?.code == .price }
    }

    @Test func aFailureIsThatOfItsConfigurations() async throws {
        var broken = FakeModel()
        broken.onRun = .exit(3)
        var right = FakeModel()
        right.toldMicroseconds = 1000
        let bench = try FakeBench(["1": right, "2": broken])
        let record = try await bench.run(spec(["1", "2"], workers: [1, 2])).record
        #expect(record.outcomes.filter { !$0.isCompleted }.map(\.stack) == ["fake 2", "fake 2"])
        #expect(record.first("cost.least", with: [Label.stack: "fake 1"])?.value == 2)
        #expect(
            record.first("cost.least", with: [Label.stack: "fake 2"])?.description.contains("nothing of it") == true)
    }
}
