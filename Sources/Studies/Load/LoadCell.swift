import Engines
import Measurement
import Records

/// One engine under one scenario at one batch.
struct LoadCell: Sendable {
    let scenario: LoadScenario
    /// What the record calls the stack.
    let title: String
    let batch: Int
    /// Samples in a query.
    let samples: Int
    let servers: Int
    let model: String
    /// The mean rate that was offered, in queries a second; `nil` without a schedule, or with one of one time.
    var offered: Double?
    /// One answer a round.
    var rounds: [ScenarioJob.Response] = []
    /// The search for the highest rate, where one was made.
    var search: RateSearch?
    var outcome = Outcome.State.completed
    var log = ""

    var labels: Labels {
        [
            Label.model: model, Label.stack: title, Label.batch: String(batch), "scenario": scenario.rawValue,
            "servers": String(servers),
        ]
    }

    /// The cell in words, without the model: `server on native 0.1.0, batch 8`.
    func words(withBatch: Bool) -> String {
        "\(scenario.title) on \(title)" + (withBatch ? ", batch \(batch)" : "")
    }

    /// Samples a second of each round.
    var throughputs: [Double] { rounds.map { $0.queriesPerSecond * Double(samples) } }

    /// The first audit that failed, or the first one.
    var audit: GeneratorAudit? { (rounds.first { !$0.audit.isPassed } ?? rounds.first)?.audit }

    /// True where a queue was left over when a run was ended: the longest waits are not among the answers.
    var isOverloaded: Bool { rounds.contains { $0.ending == .time && $0.unanswered > 0 } }

    /// What is told of a time: of the one run, or of the kept queries of all rounds.
    func summary(
        _ path: KeyPath<ScenarioJob.Response, LatencySummary>, _ times: KeyPath<QueryTimes, [Int64]>, _ shares: [Double]
    ) -> LatencySummary? {
        if rounds.count == 1 { return rounds[0][keyPath: path] }
        return LatencySummary(
            rounds.flatMap { $0.times(isScheduled: scenario.isScheduled)[keyPath: times] }, percentiles: shares)
    }

    /// What disturbed the engine's service times.
    var watched: WatchedSeries? {
        guard outcome == .completed, !rounds.isEmpty else { return nil }
        return WatchedSeries(
            labels, rounds.map { $0.stretch(isScheduled: scenario.isScheduled) }, warmups: rounds.compactMap(\.warmup))
    }

    /// Response times, from when queries were due.
    func responses(_ shares: [Double]) -> LatencySummary? { summary(\.response, \.responses, shares) }

    /// Service times, from when the engine was given queries.
    func services(_ shares: [Double]) -> LatencySummary? { summary(\.service, \.services, shares) }
}

/// All that a study of load found.
struct LoadFindings: Sendable {
    let stacks: [PreparedStack]
    /// The model's own file, from which those of other batches were written.
    let model: ResolvedModel
    var variants: [LoadVariant] = []
    /// The samples of the data that runs are given; `nil` where inputs are seeded random numbers.
    var samples: LoadSamples?
    /// Batches that the model cannot have, and why.
    var obstacles: [(batch: Int, reason: String)] = []
    var cells: [LoadCell] = []
    var isPartial = false
}
