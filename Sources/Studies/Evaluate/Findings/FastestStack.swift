import Foundation
import Measurement
import Records

/// Which stack is the fastest, and whether the next one is really slower: from fresh processes where there were some, else
/// from the rounds of one process each.
struct FastestStack {
    /// The stack's title.
    let title: String
    /// What is to be said, without the median.
    let statement: String
    /// Unknown where it cannot be told.
    let state: Verdict.State
    /// Whether it would be the same without what disturbed the turns; `nil` where nothing is known of that.
    private(set) var trust: ContestCertificate.Trust?

    /// Judges the stacks that were timed, the one with the least median first; `nil` without any.
    init?(_ timed: [StackReport], contest: [ContestEntry], certificate: ContestCertificate?) {
        guard let first = timed.first else { return nil }
        let candidates = Self.candidates(timed, contest)
        let levels = ComparisonFamily.levels(of: candidates.map(\.ratio), level: RestartPass.level)
        guard let (next, level) = zip(candidates, levels).min(by: { $0.0.ratio.value < $1.0.ratio.value }) else {
            self.init(
                title: first.title,
                statement: "fastest on \(first.title)"
                    + (timed.count > 1 ? "; it cannot be told against \(timed[1].title)" : ""),
                state: timed.count > 1 ? .unknown : .holds)
            return
        }
        let leader = contest.first?.title ?? first.title
        self.init(leader, next.title, next.ratio, level: level)
        let titles = contest.map(\.title)
        guard let certificate, let side = titles.firstIndex(of: next.title) else {
            return
        }
        trust = certificate.trust(
            in: ComparisonVerdict(next.ratio, margin: RestartPass.margin, level: level), on: side, against: 0,
            countsSingleRuns: false)
    }

    private init(title: String, statement: String, state: Verdict.State) {
        self.title = title
        self.statement = statement
        self.state = state
    }

    private init(_ leader: String, _ next: String, _ ratio: RatioEstimate, level: Double) {
        let verdict = ComparisonVerdict(ratio, margin: RestartPass.margin, level: level)
        let isReversed = verdict.outcome == .faster
        let (title, other) = isReversed ? (next, leader) : (leader, next)
        let shown = isReversed ? ratio.inverse : ratio
        let text = Quantity(shown.value, .ratio, interval: shown.interval(level: level)).description
        let margin = CompareFindings.Comparison.percent(RestartPass.margin)
        switch verdict.outcome {
        case .slower, .faster:
            self.init(
                title: title, statement: "fastest on \(title), \(text) as fast as \(other)", state: .holds)
        case .same:
            self.init(
                title: title, statement: "fastest on \(title); \(other) is the same within \(margin) (\(text))",
                state: .holds)
        case .undecided(let further):
            let need = further.map { ": \(FurtherEvidence.processes($0).words)" } ?? ""
            self.init(
                title: title, statement: "fastest on \(title); against \(other) (\(text)) it cannot be told\(need)",
                state: .unknown)
        }
    }

    /// The times of every other stack over those of the first.
    private static func candidates(
        _ timed: [StackReport], _ contest: [ContestEntry]
    ) -> [(title: String, ratio: RatioEstimate)] {
        if let first = contest.first, first.processes.count > 1 {
            return contest.dropFirst().compactMap { entry in
                ContestRatio(.median, entry, over: first).map { (entry.title, $0.estimate) }
            }
        }
        return timed.dropFirst().compactMap { stack in
            let logarithms = zip(stack.rounds, timed[0].rounds).compactMap { above, below -> Double? in
                guard let above = Selection.median(of: above), let below = Selection.median(of: below), above > 0,
                    below > 0
                else { return nil }
                return log(above / below)
            }
            return RatioEstimate(logarithms: logarithms).map { (stack.title, $0) }
        }
    }
}
