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
    ///
    /// - Parameter transfer: what of the engine's own times inputs and outputs took to its device and back; empty where it
    ///   computes in main memory.
    package static func finding(client: [Int64], engine: [Int64], transfer: [Int64] = []) -> Pitfall.Finding {
        if transfer.count >= fewest, transfer.count == engine.count { return device(engine, transfer) }
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

    /// What times of kernels alone would leave out.
    private static func device(_ engine: [Int64], _ transfer: [Int64]) -> Pitfall.Finding {
        guard let whole = Selection.median(of: engine), let moved = Selection.median(of: transfer), whole > 0 else {
            return .cannotTell("fewer than \(fewest) runs were seen from both sides")
        }
        let words =
            "a run takes \(MetricUnit.nanoseconds.format(whole)), of which its inputs and outputs are "
            + "\(MetricUnit.nanoseconds.format(moved)) on the way to the device and back"
        return moved / whole >= share
            ? .found(words + ": times of kernels alone leave out most of it") : .absent(words)
    }
}
