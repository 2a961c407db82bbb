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
