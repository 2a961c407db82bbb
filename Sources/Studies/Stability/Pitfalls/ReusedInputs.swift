import Measurement
import Records

/// Whether times depend on giving the same input again and again.
package enum ReusedInputs {
    /// Ratios within this share of 1 are the same.
    static let margin = 0.02

    /// Judges one cell by its run times in nanoseconds, round by round: with one input again and again, and with inputs in
    /// turn, in the same order of rounds.
    package static func finding(reused: [[Int64]], inTurn: [[Int64]]) -> Pitfall.Finding {
        guard !reused.isEmpty else { return .cannotTell("there is one input only, or nothing was timed") }
        let ratio = RatioOfMedians.interleaved(reused, over: inTurn)
        guard let interval = ratio.interval else { return .cannotTell("too few rounds give no interval") }
        let words =
            "one input again and again takes \(MetricUnit.number.format(ratio.value, interval)) times the time of "
            + "\(inTurn.isEmpty ? "others" : "inputs in turn")"
        if interval.upper < 1 - margin || interval.lower > 1 + margin { return .found(words) }
        if interval.lower > 1 - margin, interval.upper < 1 + margin { return .absent(words) }
        return .cannotTell(words)
    }
}
