import Engines
import Measurement
import Records
import Timelines

/// What the runs of one level of one stack showed.
struct LevelRuns: Sendable {
    let level: Timeline.Level
    /// The times of the runs.
    var times = NestedTimes()
    /// Why the level cannot be had from this stack; `nil` where it can.
    var unavailable: String?
    /// The first turn of the first process, for timelines.
    var first: TraceJob.Response?
    /// The layers; empty but for the levels of layers and library calls.
    var profiles = RoundProfiles()
    /// The calls of the library; empty but for that level.
    var calls = CallTimes()
    /// What each counter showed, by process and round.
    var counters: [CounterRounds] = []
    /// Joules a run, by process and round.
    var energy: [[Double]] = []
    /// Who read them, or why nobody did.
    var energySource = ""
    var energyUnavailable: String?
    /// Samples on their way through the pipeline, by process and round; of the application's level only.
    var samples: [[[ApplicationSample]]] = []

    init(_ level: Timeline.Level) { self.level = level }

    /// Whether anything was seen.
    var isAvailable: Bool { unavailable == nil && times.count > 0 }

    /// Takes a turn in.
    mutating func add(_ response: TraceJob.Response, process: Int) {
        times.append(response.runs.map(\.duration), process: process)
        if first == nil { first = response }
        if let profile = response.profile { profiles.add(profile) }
        if !response.printed.isEmpty {
            let split = CallTimes.split(LibraryCall.all(inVerboseOutput: response.printed), among: response)
            calls.add(split, process: process)
        }
        for series in response.counts { add(series, process: process) }
        if let energy = response.energy { add(energy, process: process) }
    }

    /// Takes the samples of a turn in.
    mutating func add(_ turn: [ApplicationSample], process: Int) {
        times.append(turn.compactMap { $0.run?.duration }, process: process)
        while samples.count <= process { samples.append([]) }
        samples[process].append(turn)
    }

    private mutating func add(_ series: CounterSeries, process: Int) {
        let place = counters.firstIndex { $0.counter.name == series.counter.name } ?? counters.count
        if place == counters.count { counters.append(CounterRounds(counter: series.counter)) }
        counters[place].add(series, process: process)
    }

    private mutating func add(_ energy: TraceJob.Energy, process: Int) {
        energySource = energy.source
        guard let joules = energy.joules, energy.runs > 0 else {
            energyUnavailable = energy.unavailable
            return
        }
        while self.energy.count <= process { self.energy.append([]) }
        self.energy[process].append(joules / Double(energy.runs))
    }
}

/// What one counter showed: the mean of a run, by process and round.
struct CounterRounds: Sendable {
    let counter: CounterDescription
    private(set) var means: [[Double]] = []
    private(set) var runs = 0
    private(set) var unavailable: String?

    init(counter: CounterDescription) { self.counter = counter }

    mutating func add(_ series: CounterSeries, process: Int) {
        guard !series.values.isEmpty else {
            unavailable = series.unavailable ?? "it gave no values"
            return
        }
        while means.count <= process { means.append([]) }
        means[process].append(series.values.reduce(0, +) / Double(series.values.count))
        runs += series.values.count
    }

    /// The count of a run; or why there is none.
    var quantity: Quantity? {
        NestedTimes.mean(means).map { Quantity($0.value, counter.unit, interval: $0.interval, count: runs) }
    }
}
