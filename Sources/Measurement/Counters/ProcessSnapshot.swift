import Engines

/// What the kernel's books say of this process at one moment.
struct ProcessSnapshot {
    /// Page faults served without reading from disk, and with.
    let minorFaults: Double
    let majorFaults: Double
    /// Times a thread gave up the processor, and times it was taken away.
    let voluntarySwitches: Double
    let involuntarySwitches: Double
    /// User and system time of all threads, in nanoseconds.
    let processorTime: Double
    /// Calls of the read family and of the write family; NaN where the kernel does not tell.
    let readCalls: Double
    let writeCalls: Double
    /// Nanoseconds in which threads were ready and had no processor; NaN where the kernel does not tell.
    let waiting: Double

    static func now() -> ProcessSnapshot {
        let status = EngineProcesses.status()
        let calls = readAndWriteCalls()
        return ProcessSnapshot(
            minorFaults: Double(status.minorFaults), majorFaults: Double(status.majorFaults),
            voluntarySwitches: Double(status.voluntarySwitches),
            involuntarySwitches: Double(status.involuntarySwitches),
            processorTime: Double(status.processorNanoseconds), readCalls: calls.read, writeCalls: calls.written,
            waiting: WaitingTime.ofTheEngine().map(Double.init) ?? .nan)
    }

    /// `syscr` and `syscw` of /proc/self/io.
    private static func readAndWriteCalls() -> (read: Double, written: Double) {
        guard let text = ProcFile.text("/proc/self/io") else { return (.nan, .nan) }
        var (read, written) = (Double.nan, Double.nan)
        for line in text.split(separator: "\n") {
            if line.hasPrefix("syscr: ") { read = Double(line.dropFirst(7)) ?? .nan }
            if line.hasPrefix("syscw: ") { written = Double(line.dropFirst(7)) ?? .nan }
        }
        return (read, written)
    }
}
