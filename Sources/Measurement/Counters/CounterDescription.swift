public import Records

/// A quantity that the kernel or the processor counts while a model runs.
public struct CounterDescription: Codable, Sendable, Hashable {
    /// The stable name: `page-faults`.
    public var name: String
    /// The name in words.
    public var title: String
    /// The unit of a count.
    public var unit: MetricUnit
    /// Who counts: `getrusage`, `perf_event_open, user mode`.
    public var source: String
    /// Whether a count of 0 over whole runs shows that nothing is counted: cycles cannot stand still.
    var mustCount = false

    /// Describes a counter.
    public init(_ name: String, _ title: String, unit: MetricUnit = .count, source: String) {
        self.name = name
        self.title = title
        self.unit = unit
        self.source = source
    }
}

/// Counters that are read together.
public enum CounterGroup: String, Codable, Sendable, CaseIterable {
    /// What the operating system did: faults, switches, calls, waiting.
    case system
    /// What the processor did: cycles, instructions, misses.
    case hardware
}

/// What one counter showed over some runs; or why it showed nothing.
public struct CounterSeries: Codable, Sendable, Hashable {
    /// The counter.
    public var counter: CounterDescription
    /// One count a run, without what reading the counters costs by itself; empty where there is none.
    public var values: [Double]
    /// Why there are no values; `nil` where there are.
    public var unavailable: String?

    /// Makes a series.
    public init(_ counter: CounterDescription, values: [Double] = [], unavailable: String? = nil) {
        self.counter = counter
        self.values = values
        self.unavailable = unavailable
    }
}
