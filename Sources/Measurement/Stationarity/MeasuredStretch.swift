/// Runs that followed each other without a break, and what was read between their blocks.
public struct MeasuredStretch: Sendable, Hashable {
    /// The run times in nanoseconds, in order.
    public var samples: [Int64]
    /// The readings, the first before the first sample and the last after the last; empty where none were made.
    public var readings: [MachineReading]
    /// The processors that the process kept to; `nil` where the kernel placed it.
    public var processors: [Int]?
    /// What of each run inputs took to the engine's device and outputs back, in nanoseconds; empty where it computes in main
    /// memory.
    public var transfers: [Int64]

    /// Describes a stretch.
    public init(samples: [Int64], readings: [MachineReading] = [], processors: [Int]? = nil, transfers: [Int64] = []) {
        self.samples = samples
        self.readings = readings
        self.processors = processors
        self.transfers = transfers
    }

    /// Adds a turn of the same process; what happened since the last one is in no block.
    public mutating func append(_ turn: MeasuredStretch) {
        readings += turn.readings.map { reading in
            var reading = reading
            reading.samples = samples.count + min(max(reading.samples, 0), turn.samples.count)
            return reading
        }
        samples += turn.samples
        transfers += turn.transfers
    }
}
