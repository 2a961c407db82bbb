import Engines
import Measurement

/// How many processors an engine kept busy.
package struct ProcessorUse: Sendable, Hashable {
    /// Processor time over the time that passed.
    package let busy: Double
    /// Processor time over the engine's own time, which the way to the engine is not in.
    package let within: Double
    /// The share of the time that threads were ready and others had the processor; `nil` where the kernel does not tell.
    package let waiting: Double?

    /// Describes a use.
    package init(busy: Double, within: Double, waiting: Double?) {
        self.busy = busy
        self.within = within
        self.waiting = waiting
    }

    /// Sums stretches up; `nil` where no time passed.
    init?(_ stretches: [ScenarioJob.Response]) {
        let processor = stretches.reduce(0) {
            $0 + $1.after.processorNanoseconds - $1.before.processorNanoseconds
        }
        let elapsed = stretches.reduce(0) { $0 + $1.elapsedNanoseconds }
        let own = stretches.reduce(0) { $0 + $1.times(isScheduled: false).services.reduce(0, +) }
        guard elapsed > 0, own > 0 else { return nil }
        let waits = stretches.compactMap { stretch -> Int64? in
            guard let begin = stretch.readings.first?.waitingNanoseconds,
                let end = stretch.readings.last?.waitingNanoseconds
            else { return nil }
            return end - begin
        }
        busy = Double(processor) / Double(elapsed)
        within = Double(processor) / Double(own)
        waiting = waits.count == stretches.count ? Double(waits.reduce(0, +)) / Double(elapsed) : nil
    }
}
