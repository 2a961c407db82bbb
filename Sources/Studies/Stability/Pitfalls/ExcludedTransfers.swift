import Measurement
import Records

/// Whether moving inputs and outputs, which is in no engine's own time, would change what is told of speed.
package enum ExcludedTransfers {
    /// From this share of the whole on, what lies outside of the engine is told of.
    static let share = 0.5

    /// The fewest runs that tell.
    static let fewest = 5

    /// Judges one cell by the times of the same runs in nanoseconds: from the request until the outputs were here, and inside
    /// the engine.
    package static func finding(client: [Int64], engine: [Int64]) -> Pitfall.Finding {
        guard client.count >= fewest, client.count == engine.count, let whole = Selection.median(of: client),
            let own = Selection.median(of: engine), whole > 0
        else { return .cannotTell("fewer than \(fewest) runs were seen from both sides") }
        let outside = Selection.median(of: zip(client, engine).map { max($0 - $1, 0) }) ?? 0
        let words =
            "a run takes \(MetricUnit.nanoseconds.format(own)) inside the engine and "
            + "\(MetricUnit.nanoseconds.format(whole)) with its inputs sent and its outputs fetched"
        return outside / whole >= share
            ? .found(words + ": engines' own times leave out most of it") : .absent(words)
    }
}
