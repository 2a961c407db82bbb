/// What a worker's process and its machine had used at one moment, read between two blocks of runs and never within one.
public struct MachineReading: Sendable, Hashable, Codable {
    /// How many samples had been taken.
    public var samples: Int
    /// When the reading began, in nanoseconds on the raw monotonic clock.
    public var begin: Int64
    /// When it was done: the next block begins here.
    public var end: Int64
    /// User and system time of all threads of the process, in nanoseconds.
    public var processorNanoseconds: Int64
    /// Time that threads of the process were ready to run while others had the processor, in nanoseconds; `nil` where the
    /// kernel does not count it.
    public var waitingNanoseconds: Int64?
    /// Time that all processors of the machine were busy, in nanoseconds, counted in ticks of 10 ms as a rule.
    public var machineNanoseconds: Int64?
    /// Time that the hypervisor gave to others, in nanoseconds, all processors together.
    public var stolenNanoseconds: Int64?
    /// Times the kernel took the processor away.
    public var involuntarySwitches: Int
    /// Page faults served without the disk.
    public var minorFaults: Int
    /// Page faults that read from the disk.
    public var majorFaults: Int
    /// How often the processor says that it throttled for heat; `nil` where it does not tell.
    public var throttleEvents: Int?
    /// Dependent additions a nanosecond: the frequency in GHz, as a chain of them shows it.
    public var stepRate: Double
    /// How the device was on which the engine computes; `nil` where that is the processor.
    public var device: DeviceReading?

    /// Describes a reading.
    package init(
        samples: Int, begin: Int64, end: Int64, processorNanoseconds: Int64, waitingNanoseconds: Int64?,
        machineNanoseconds: Int64?, stolenNanoseconds: Int64?, involuntarySwitches: Int, minorFaults: Int,
        majorFaults: Int = 0, throttleEvents: Int? = nil, stepRate: Double, device: DeviceReading? = nil
    ) {
        self.samples = samples
        self.begin = begin
        self.end = end
        self.processorNanoseconds = processorNanoseconds
        self.waitingNanoseconds = waitingNanoseconds
        self.machineNanoseconds = machineNanoseconds
        self.stolenNanoseconds = stolenNanoseconds
        self.involuntarySwitches = involuntarySwitches
        self.minorFaults = minorFaults
        self.majorFaults = majorFaults
        self.throttleEvents = throttleEvents
        self.stepRate = stepRate
        self.device = device
    }
}
