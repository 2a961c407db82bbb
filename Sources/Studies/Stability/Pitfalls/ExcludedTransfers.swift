import Measurement
import Records

/// Whether moving inputs and outputs, which is in no engine's own time, would change what is told of speed.
package enum ExcludedTransfers {
    /// From this share of the whole on, what moving takes is told of.
    static let share = 0.5

    /// Judges one cell.
    ///
    /// - Parameters:
    ///   - model: runs of the model, round by round.
    ///   - carrier: runs of a model that only carries as many bytes in and out; empty where there are none, for the reason in
    ///     `obstacle`.
    package static func finding(
        model: [SidedTimes], carrier: [SidedTimes], obstacle: String = ""
    ) -> Pitfall.Finding {
        let runs = SidedTimes(joining: model)
        if let device = runs.onDevice { return finding(onDevice: device) }
        guard let own = Selection.median(of: runs.engine), let whole = Selection.median(of: runs.client), whole > 0,
            let outside = runs.outside
        else { return .cannotTell(obstacle) }
        let carried = SidedTimes(joining: carrier).outside
        let time = MetricUnit.nanoseconds
        let words =
            "of \(time.format(whole)) from the request to the outputs, \(time.format(own)) lie inside the engine"
            + (carried.map { " and moving the bytes takes \(time.format($0))" } ?? "")
        guard (carried ?? outside) / whole >= share else { return .absent(words) }
        return carried == nil
            ? .cannotTell("\(words); \(obstacle)") : .found(words + ": engines' own times leave out most of it")
    }

    /// What times of kernels alone would leave out, which an engine on a device tells itself.
    private static func finding(onDevice runs: SidedTimes) -> Pitfall.Finding {
        guard let whole = Selection.median(of: runs.client), let moved = runs.outside, whole > 0 else {
            return .cannotTell("nothing was timed")
        }
        let time = MetricUnit.nanoseconds
        let words =
            "a run takes \(time.format(whole)), of which its inputs and outputs are \(time.format(moved)) on the way to the "
            + "device and back"
        return moved / whole >= share
            ? .found(words + ": times of kernels alone leave out most of it") : .absent(words)
    }
}
