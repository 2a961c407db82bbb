import Measurement
package import Records

extension WarmUpReport {
    /// Where a spec says how long warm-up takes at least, run times that have not settled get so many times as long.
    static let mostTimesLeast = 10
}

extension [WarmUpReport] {
    /// That run times had not settled when warm-up ended, in words; `nil` where all had.
    package var unsettled: String? {
        var words: [String] = []
        if let capped = share(of: .capped) {
            words.append("the run times had not settled when warm-up had taken its longest time" + capped)
        }
        if let few = share(of: .tooFewRuns) {
            words.append("warm-up had too few runs to tell whether the run times had settled" + few)
        }
        return words.isEmpty ? nil : words.joined(separator: "; ")
    }

    /// How many ended so, empty where there is only one; `nil` where none did.
    private func share(of end: WarmUpReport.End) -> String? {
        let part = self.count { $0.end == end }
        guard part > 0 else { return nil }
        return count > 1 ? " (\(part) of \(count) warm-ups)" : ""
    }

    /// How warming up went, in a cell of a table.
    var words: String {
        guard let length else { return "" }
        let words = "\(MetricUnit.nanoseconds.format(length)), \(runs) runs"
        guard count == 1 else {
            let settled = self.count { $0.end == .settled || $0.end == .told }
            return "\(settled) of \(count) settled, in the median after \(MetricUnit.nanoseconds.format(length))"
        }
        switch self[0].end {
        case .told: return words
        case .settled: return "settled after \(words)"
        case .capped: return "not settled after \(words)"
        case .tooFewRuns: return "too few runs to tell: \(words)"
        }
    }

    /// How long warming up took, the median of several; `nil` where nothing warmed up.
    package func metric(_ labels: Labels) -> Metric? {
        length.map { Metric("warmup.time", $0, .nanoseconds, count: runs, labels: labels) }
    }

    private var length: Double? { Selection.median(of: map(\.nanoseconds)) }

    private var runs: Int { reduce(0) { $0 + $1.runs } }
}
