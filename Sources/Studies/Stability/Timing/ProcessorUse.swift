import Engines
import Measurement

/// How many processors an engine kept busy.
package struct ProcessorUse: Sendable, Hashable {
    /// Processor time over the time that passed.
    package let busy: Double
    /// Processor time over the engine's own time, which the way to the engine is not in.
    package let within: Double
    /// How many processors other programs kept busy; `nil` where the kernel does not tell.
    package let others: Double?

    /// Describes a use.
    package init(busy: Double, within: Double, others: Double?) {
        self.busy = busy
        self.within = within
        self.others = others
    }

    /// Whether other programs kept a quarter of so many processors busy, or more: who computes is then made to wait.
    func isDisturbed(of processors: Int) -> Bool { others.map { $0 >= 0.25 * Double(processors) } ?? false }

    /// Sums stretches up; `nil` where no time passed.
    init?(_ stretches: [ScenarioJob.Response]) {
        let processor = stretches.reduce(0) {
            $0 + $1.after.processorNanoseconds - $1.before.processorNanoseconds
        }
        let elapsed = stretches.reduce(0) { $0 + $1.elapsedNanoseconds }
        let own = stretches.reduce(0) { $0 + $1.times(isScheduled: false).services.reduce(0, +) }
        guard elapsed > 0, own > 0 else { return nil }
        let rest = stretches.compactMap { stretch -> (time: Int64, elapsed: Int64)? in
            guard let first = stretch.readings.first, let last = stretch.readings.last,
                let before = first.machineNanoseconds, let after = last.machineNanoseconds
            else { return nil }
            return (
                after - before - (last.processorNanoseconds - first.processorNanoseconds), last.begin - first.end
            )
        }
        let between = rest.reduce(0) { $0 + $1.elapsed }
        busy = Double(processor) / Double(elapsed)
        within = Double(processor) / Double(own)
        others = between > 0 ? max(0, Double(rest.reduce(0) { $0 + $1.time }) / Double(between)) : nil
    }
}
