import Measurement
import Records

/// Whether the engine's own time ends before its outputs are there, as that of graphs that are executed lazily does.
///
/// Who waits for the outputs then waits for the computing too: longer than it takes to move as many bytes.
package enum UnsynchronisedTiming {
    /// Waiting that is longer by less than this, in nanoseconds, is the scheduler's.
    static let least = 500_000.0

    /// Waiting that is longer by less than this share of the engine's own time, or of moving the bytes, is noise.
    static let share = 0.5

    /// Judges one cell by stretches that took turns.
    ///
    /// - Parameters:
    ///   - model: runs of the model, round by round.
    ///   - carrier: runs of a model that only carries as many bytes in and out; empty where there are none, for the reason in
    ///     `obstacle`.
    package static func finding(
        model: [SidedTimes], carrier: [SidedTimes], obstacle: String = ""
    ) -> Pitfall.Finding {
        let (inside, carriedInside) = (model.compactMap(\.onDevice), carrier.compactMap(\.onDevice))
        if !inside.isEmpty, inside.count == model.count {
            let finding = finding(model: inside, carrier: carriedInside, obstacle: obstacle)
            if finding.isFound { return finding }
        }
        let whole = SidedTimes(joining: model)
        guard let own = Selection.median(of: whole.engine), let outside = whole.outside else {
            return .cannotTell(obstacle)
        }
        let time = MetricUnit.nanoseconds
        let seen = "a run takes \(time.format(own)) inside the engine and \(time.format(outside)) outside of it"
        guard let carried = SidedTimes(joining: carrier).outside else {
            return outside > max(least, share * own) ? .cannotTell("\(seen); \(obstacle)") : .absent(seen)
        }
        let words = seen + ", where moving as many bytes takes \(time.format(carried))"
        let bound = max(least, share * own, share * carried)
        let hidden = zip(model, carrier).compactMap { model, carrier in
            model.outside.flatMap { outside in carrier.outside.map { outside - $0 } }
        }
        guard let interval = MeanEstimate(of: hidden, level: 0.99)?.interval else {
            return .cannotTell(words + ", in too few rounds")
        }
        if interval.lower > bound { return .found(words + ": what is timed ends before the outputs are there") }
        return interval.upper < bound ? .absent(words) : .cannotTell(words + ", which swings too much to tell")
    }
}
