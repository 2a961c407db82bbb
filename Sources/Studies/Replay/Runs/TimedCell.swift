import Measurement

/// The times of one model on one stack: as it is here against as it was recorded, both run now by turns, and both against the
/// recorded times.
struct TimedCell: Sendable {
    /// What the record calls the model and the stack.
    let model: String
    let stack: String
    /// As here over as recorded, interleaved; `nil` where an engine is asked the same at both ends, or one failed.
    var controlled: ComparisonVerdict?
    /// What explains the difference; `nil` where there is none to explain.
    var cause: ReplayCause?
    /// As recorded, run now, over the recorded times; `nil` where the record has none.
    var session: ComparisonVerdict?
}
