import Measurement
import Records

/// Whether times depend on giving the same input again.
package enum ReusedInputs {
    /// Ratios within this share of 1 are the same.
    static let margin = 0.02

    /// The confidence at which times are other ones: every cell is asked, and none is to be accused by chance.
    static let level = 0.999

    /// Judges one cell by its run times in nanoseconds, round by round, in the same order of rounds.
    ///
    /// - Parameters:
    ///   - seen: inputs that the process was given before, and `novel` ones that it was not.
    ///   - reused: runs of a loop with one input again and again, and `inTurn` those with all inputs in turn.
    package static func finding(
        seen: [[Int64]], novel: [[Int64]], reused: [[Int64]], inTurn: [[Int64]]
    ) -> Pitfall.Finding {
        let findings = [
            judge(seen, novel, isTold: { $0.upper < 1 - margin }, "inputs that it was given before take", "new ones"),
            judge(
                reused, inTurn, isTold: { $0.upper < 1 - margin || $0.lower > 1 + margin },
                "one input again and again takes", "inputs in turn"),
        ]
        return findings.first(where: \.isFound) ?? findings.first { $0.state == .unknown } ?? findings[0]
    }

    private static func judge(
        _ left: [[Int64]], _ right: [[Int64]], isTold: (Interval) -> Bool, _ subject: String, _ others: String
    ) -> Pitfall.Finding {
        let ratio = RatioOfMedians.interleaved(left, over: right)
        let strict = RatioOfMedians.interleaved(left, over: right, level: level)
        guard let interval = ratio.interval, let certain = strict.interval else {
            return .cannotTell(
                "\(subject) cannot be held against \(others): there is one input only, or nothing was timed")
        }
        let words = "\(subject) \(MetricUnit.number.format(ratio.value, interval)) times the time of \(others)"
        if isTold(certain) { return .found(words) }
        return interval.lower > 1 - margin && interval.upper < 1 + margin ? .absent(words) : .cannotTell(words)
    }
}
