import Engines

extension TimedLoop {
    /// Runs until the run times have settled, by the changes of their level, or until the time is over.
    mutating func settle(_ settling: Settling, isCancelled: () -> Bool) throws(EngineError) -> WarmUpReport {
        var settling = settling
        var samples = RunTimes()
        while true {
            samples.removeAll()
            try collect(
                Limits(
                    minimum: settling.fewestToLook, maximum: Settling.mostBetweenLooks,
                    nanoseconds: settling.nanosecondsToLook),
                into: &samples, isCancelled: isCancelled)
            if let report = settling.add(samples.whole, nanoseconds: samples.whole.isEmpty ? 0 : elapsed) {
                return report
            }
        }
    }
}
