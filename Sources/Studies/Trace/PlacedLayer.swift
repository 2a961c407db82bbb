import Engines

/// One execution of a step within its run, with a place in time.
struct PlacedLayer: Sendable {
    let step: Int
    /// Nanoseconds from the start of the run.
    let start: Int64
    let duration: Int64
    let thread: Int
    /// Whether the engine told durations alone, so that the place is only that of its turn.
    let isInOrder: Bool
    /// How many runs the duration is a mean of.
    let repetitions: Int
    /// The span of a timeline that stands for it.
    var span: UInt64?

    /// The executions of a run; where the engine tells no starts, one after the other, and none reaches beyond the run.
    static func all(in run: EngineProfile.Run, of profile: EngineProfile, within whole: Int64) -> [PlacedLayer] {
        var clock: Int64 = 0
        return run.spans.compactMap { span in
            guard profile.steps.indices.contains(span.step), span.duration >= 0 else { return nil }
            let start = min(max(span.start ?? clock, 0), whole)
            let end = min(start + span.duration, whole)
            clock = end
            return PlacedLayer(
                step: span.step, start: start, duration: end - start, thread: span.thread,
                isInOrder: span.start == nil, repetitions: run.repetitions)
        }
    }
}
