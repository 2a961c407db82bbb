import Engines
import Measurement
package import Records

/// What one configuration did.
package struct CostEntry: Sendable {
    /// What it did in one turn.
    package struct Turn: Sendable {
        /// Runs a second of all workers together, at a bound the highest rate that held it; 0 where none did.
        let throughput: Double
        /// Times of single runs in nanoseconds, of all workers; at a bound response times at that rate.
        let runs: [Int64]
        /// The search for the highest rate; `nil` without a bound.
        var search: RateSearch?
        /// The widest bounds of a clock's offset among the workers, in nanoseconds; 0 where all read one clock.
        var uncertainty: Int64 = 0
    }

    /// The configuration.
    package let configuration: CostConfiguration
    /// What tables call the engine.
    package let system: String
    /// Whether the study looks at several machines, so that their number tells configurations apart.
    let namesMachines: Bool
    /// The turns, by fresh process and round; `nil` where the workers never ran at the same time.
    ///
    /// The processes of one index lived together and took turns, whatever the configuration.
    package var processes: [[Turn?]] = []
    /// Completed unless a worker failed; then the configuration took no further part.
    package var outcome = Outcome.State.completed
    /// The end of what the failed worker wrote to standard error.
    package var log = ""

    init(_ configuration: CostConfiguration, system: String, namesMachines: Bool = false) {
        self.configuration = configuration
        self.system = system
        self.namesMachines = namesMachines
    }

    /// The labels of its numbers.
    var labels: Labels {
        var labels = [
            Label.stack: system, Label.threads: String(configuration.threads),
            "workers": String(configuration.workers),
        ]
        if namesMachines { labels["machines"] = String(configuration.machines) }
        return labels
    }

    /// Times of all runs in nanoseconds.
    var runs: [Int64] { processes.flatMap { $0.flatMap { $0?.runs ?? [] } } }

    /// Whether it has anything to be judged by.
    var isMeasured: Bool { outcome == .completed && processes.contains { $0.contains { $0 != nil } } }

    /// The throughputs of each process that has any.
    var rates: [[Double]] {
        processes.map { $0.compactMap { $0?.throughput }.filter { $0 > 0 } }.filter { !$0.isEmpty }
    }

    /// The mean throughput over processes and rounds; 0 where nothing was measured, or no rate held the bound.
    var throughput: Double { rates.isEmpty ? 0 : HierarchicalBootstrap.mean(rates.map { [$0] }) }

    /// The searches for the highest rate, one a process.
    var searches: [RateSearch] { processes.flatMap { $0.compactMap { $0?.search } } }

    /// How it stands to the bound: it holds it where every process found a rate that does; without a bound it does too.
    var hold: BoundState {
        if searches.allSatisfy({ $0.highestHeld != nil }) { return .holds }
        return searches.allSatisfy(\.isHopeless) ? .fails : .unknown
    }

    /// Whether there is a rate at which the response time stays below its bound.
    enum BoundState: Sendable, Hashable {
        /// There is.
        case holds
        /// There is none.
        case fails
        /// The processes differ, or their runs do not tell.
        case unknown
    }
}
