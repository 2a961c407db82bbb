/// What a worker's process has used so far.
public struct WorkerStatus: Codable, Sendable, Hashable {
    /// Peak resident memory in bytes (`VmHWM`).
    public var peakMemory: Int
    /// Resident memory now, in bytes (`VmRSS`).
    public var residentMemory: Int
    /// User and system time of all threads, in nanoseconds.
    public var processorNanoseconds: Int64
    /// Page faults served without reading from disk.
    public var minorFaults: Int
    /// Page faults that read from disk.
    public var majorFaults: Int
    /// Times a thread gave up the processor of its own accord.
    public var voluntarySwitches: Int
    /// Times the kernel took the processor away: others were running.
    public var involuntarySwitches: Int
}
