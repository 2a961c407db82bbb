import Measurement
import Records

/// One number of a record that depends on time: as it is here against as it was recorded, both run now by turns, and both
/// against what was recorded.
struct TimedCell: Sendable {
    /// What answers about it are gathered under: `latency`, `figures`.
    let observable: String
    /// What sentences call it.
    let words: String
    /// What its metrics begin with: `replay.latency`.
    let metric: String
    /// The labels of its metrics.
    let labels: Labels
    /// What the record has; `nil` where it has none.
    let recorded: Quantity?
    /// Two sides of a ratio share their session, so that of it less differs between sessions.
    var isRatio: Bool { recorded?.unit == .ratio }
    /// As here over as recorded, interleaved; `nil` where an engine is asked the same at both ends, or one failed.
    var controlled: ComparisonVerdict?
    /// What explains the difference; `nil` where there is none to explain.
    var cause: ReplayCause?
    /// As recorded, run now, over the recorded number; `nil` where the record has none.
    var session: ComparisonVerdict?

    init(observable: String, words: String, metric: String, labels: Labels, recorded: Quantity?) {
        self.observable = observable
        self.words = words
        self.metric = metric
        self.labels = labels
        self.recorded = recorded
    }
}
