import Engines

extension MachineReading {
    /// Reads process and machine now; it takes some tenths of a millisecond.
    public static func now(samples: Int = 0) -> MachineReading {
        let begin = MonotonicClock.now()
        let own = EngineProcesses.statusOfAll()
        let machine = ProcessorTimes.current()
        var reading = MachineReading(
            samples: samples, begin: begin, end: begin, processorNanoseconds: own.processorNanoseconds,
            waitingNanoseconds: WaitingTime.ofTheEngine(), machineNanoseconds: machine?.busy,
            stolenNanoseconds: machine?.stolen, involuntarySwitches: own.involuntarySwitches,
            minorFaults: own.minorFaults, majorFaults: own.majorFaults, throttleEvents: ProcFile.throttleEvents(),
            stepRate: FrequencyProbe.rate(), device: AcceleratorProbe.reading())
        // Nothing of the reading belongs to the next block.
        reading.end = MonotonicClock.now()
        return reading
    }
}
