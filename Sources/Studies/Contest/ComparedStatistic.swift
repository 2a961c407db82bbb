public import Records

/// What two sides are compared by.
public enum ComparedStatistic: String, Sendable, Hashable, Codable, CaseIterable {
    /// The median time of one run.
    case median = "latency.median"
    /// The mean time of one run.
    case mean = "latency.mean"
    /// The 90th percentile of the time of one run.
    case p90 = "latency.p90"
    /// The 99th percentile of the time of one run.
    case p99 = "latency.p99"
    /// Runs a second, one after the other.
    case throughput
    /// Time to prepare the model and make its session.
    case loadTime = "load.time"
    /// Peak resident memory of a process that ran the model.
    case peakMemory = "memory.peak"

    /// True where more is better.
    public var prefersMore: Bool { self == .throughput }

    /// Whether it is made of the times of runs that took turns.
    public var isOfRuns: Bool { self != .loadTime && self != .peakMemory }

    /// The share of run times below it; `nil` where it is no quantile of run times.
    public var probability: Double? {
        switch self {
        case .median: 0.5
        case .p90: 0.9
        case .p99: 0.99
        default: nil
        }
    }

    /// The unit of its values.
    public var unit: MetricUnit {
        switch self {
        case .throughput: .itemsPerSecond
        case .peakMemory: .bytes
        default: .nanoseconds
        }
    }
}
