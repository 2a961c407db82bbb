import Engines
import Measurement
package import Records

/// What one configuration did.
package struct CostEntry: Sendable {
    /// What it did in one turn.
    package struct Turn: Sendable {
        /// Runs a second of all workers together.
        let throughput: Double
        /// Times of single runs in nanoseconds, of all workers.
        let runs: [Int64]
    }

    /// The configuration.
    package let configuration: CostConfiguration
    /// What tables call the engine.
    package let system: String
    /// The turns, by fresh process and round; `nil` where the workers never ran at the same time.
    ///
    /// The processes of one index lived together and took turns, whatever the configuration.
    package var processes: [[Turn?]] = []
    /// Completed unless a worker failed; then the configuration took no further part.
    package var outcome = Outcome.State.completed
    /// The end of what the failed worker wrote to standard error.
    package var log = ""

    init(_ configuration: CostConfiguration, system: String) {
        self.configuration = configuration
        self.system = system
    }

    /// The labels of its numbers.
    var labels: Labels {
        [
            Label.stack: system, Label.threads: String(configuration.threads),
            "workers": String(configuration.workers),
        ]
    }

    /// Times of all runs in nanoseconds.
    var runs: [Int64] { processes.flatMap { $0.flatMap { $0?.runs ?? [] } } }

    /// Whether it has anything to be judged by.
    var isMeasured: Bool { outcome == .completed && processes.contains { $0.contains { $0 != nil } } }

    /// The mean throughput over processes and rounds; 0 where nothing was measured.
    var throughput: Double {
        let rates = processes.map { $0.compactMap { $0?.throughput } }.filter { !$0.isEmpty }
        return rates.isEmpty ? 0 : HierarchicalBootstrap.mean(rates.map { [$0] })
    }

    /// How it stands to a bound on a percentile of the latency.
    func hold(_ bound: Duration, percentile: Double) -> BoundState {
        guard let estimate = QuantileEstimate(percentile / 100, of: runs) else { return .unknown }
        let limit = bound / .nanoseconds(1)
        if estimate.interval.upper <= limit { return .holds }
        return estimate.interval.lower > limit ? .fails : .unknown
    }

    /// Whether a latency stays below its bound.
    enum BoundState: Sendable, Hashable {
        /// It does for certain.
        case holds
        /// It certainly does not.
        case fails
        /// The runs do not tell.
        case unknown
    }
}
