/// The runs between two readings.
struct MeasuredBlock {
    /// The times of its runs, in nanoseconds.
    var samples: [Int64]
    /// When it began and how long it took, in nanoseconds.
    var begin: Int64
    var elapsed: Int64
    /// Time that the process had the processor and that it waited for one, in nanoseconds.
    var processor: Int64
    var waiting: Int64?
    /// Time that processors were busy with anything else, in nanoseconds.
    var others: Int64?
    var stolen: Int64?
    var faults: Int
    var involuntarySwitches: Int
    var throttleEvents: Int
    /// Steps of the chain a nanosecond: the mean of the readings on both sides.
    var stepRate: Double
    /// The clock of the device's processors in MHz, the mean of the readings on both sides; 0 without a device.
    var deviceClock = 0.0
    /// What held the device's clocks down at its end.
    var deviceLimits: [String] = []

    /// The blocks of a stretch; one without readings is a block of its own, of which only the times are known.
    static func blocks(of stretch: MeasuredStretch, from origin: Int64) -> [MeasuredBlock] {
        guard stretch.readings.count > 1 else {
            let elapsed = stretch.samples.reduce(0, &+)
            return [
                MeasuredBlock(
                    samples: stretch.samples, begin: origin, elapsed: elapsed, processor: elapsed, faults: 0,
                    involuntarySwitches: 0, throttleEvents: 0, stepRate: 0)
            ]
        }
        return zip(stretch.readings, stretch.readings.dropFirst()).compactMap { before, after in
            let first = min(max(before.samples, 0), stretch.samples.count)
            let range = first..<min(max(after.samples, first), stretch.samples.count)
            guard !range.isEmpty else { return nil }
            return MeasuredBlock(samples: Array(stretch.samples[range]), between: before, and: after)
        }
    }

    private init(samples: [Int64], between before: MachineReading, and after: MachineReading) {
        self.samples = samples
        begin = before.end
        elapsed = max(after.begin - before.end, 1)
        let used = max(after.processorNanoseconds - before.processorNanoseconds, 0)
        processor = used
        waiting = Self.difference(before.waitingNanoseconds, after.waitingNanoseconds)
        others = Self.difference(before.machineNanoseconds, after.machineNanoseconds).map { max($0 - used, 0) }
        stolen = Self.difference(before.stolenNanoseconds, after.stolenNanoseconds)
        faults = max(after.minorFaults - before.minorFaults, 0) + max(after.majorFaults - before.majorFaults, 0)
        involuntarySwitches = max(after.involuntarySwitches - before.involuntarySwitches, 0)
        throttleEvents = max((after.throttleEvents ?? 0) - (before.throttleEvents ?? 0), 0)
        stepRate = (before.stepRate + after.stepRate) / 2
        if let first = before.device?.processorClock, let last = after.device?.processorClock {
            deviceClock = Double(first + last) / 2
        }
        deviceLimits = after.device?.limits ?? []
    }

    private init(
        samples: [Int64], begin: Int64, elapsed: Int64, processor: Int64, faults: Int, involuntarySwitches: Int,
        throttleEvents: Int, stepRate: Double
    ) {
        self.samples = samples
        self.begin = begin
        self.elapsed = elapsed
        self.processor = processor
        self.faults = faults
        self.involuntarySwitches = involuntarySwitches
        self.throttleEvents = throttleEvents
        self.stepRate = stepRate
    }

    /// A thread that ended takes its waiting time along: a difference below nothing is none.
    private static func difference(_ before: Int64?, _ after: Int64?) -> Int64? {
        guard let before, let after else { return nil }
        return max(after - before, 0)
    }
}
