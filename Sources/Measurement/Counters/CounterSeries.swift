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
