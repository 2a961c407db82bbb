/// Runs that followed each other without a break, and what was read between their blocks.
public struct MeasuredStretch: Sendable, Hashable {
    /// The run times in nanoseconds, in order.
    public var samples: [Int64]
    /// The readings, the first before the first sample and the last after the last; empty where none were made.
    public var readings: [MachineReading]

    /// Describes a stretch.
    public init(samples: [Int64], readings: [MachineReading] = []) {
        self.samples = samples
        self.readings = readings
    }
}
