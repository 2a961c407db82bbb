import Engines
import Measurement

extension RateTrials {
    /// The queries of all workers of one run, judged together.
    struct Pool {
        /// Queries that are judged.
        private(set) var queries = 0
        /// Those whose response time is over the bound.
        private(set) var overBound = 0
        /// Queries that were due and left unanswered when time was up: what is left in a queue has waited longest.
        private var unanswered = 0
        /// Whether no load generator made the figures.
        let isPunctual: Bool
        /// Whether a run was ended since its time was over.
        let isOutOfTime: Bool

        /// Counts the queries of each worker: those due in the time in which all workers ran, unless one was ended early.
        init(_ answers: [Answer], bound: Int64) {
            let responses = answers.map(\.response)
            isPunctual = responses.allSatisfy(\.audit.isPassed)
            isOutOfTime = responses.contains { $0.ending == .time }
            let isWhole = !isOutOfTime && !responses.contains { $0.ending == .decided }
            guard responses.count > 1, isWhole else {
                for response in responses {
                    queries += response.queries
                    overBound += response.overBound
                    unanswered += response.ending == .time ? response.unanswered : 0
                }
                return
            }
            guard let span = SharedSpan(answers.map(\.presence)) else { return }
            for answer in answers {
                guard let shared = span.on(answer.clock) else { continue }
                let times = answer.response.times(isScheduled: true)
                for index in 0..<times.count {
                    guard shared.contains(answer.response.beginNanoseconds &+ times.scheduled[index]) else { continue }
                    queries += 1
                    if times.end[index] - times.scheduled[index] > bound { overBound += 1 }
                }
            }
        }

        /// What the queries say of the bound, those that were left unanswered counted as over it where that decides.
        func decision(_ rule: EarlyStopping) -> BoundDecision {
            guard isOutOfTime, unanswered > 0 else {
                return BoundDecision(rule, queries: queries, overBound: overBound)
            }
            let all = BoundDecision(rule, queries: queries + unanswered, overBound: overBound + unanswered)
            return all == .fails ? .fails : .undecided
        }
    }
}

extension RateTrials.Answer {
    /// When its worker worked.
    fileprivate var presence: SharedSpan.Presence {
        SharedSpan.Presence(
            begin: response.beginNanoseconds, end: response.beginNanoseconds &+ response.elapsedNanoseconds,
            clock: clock)
    }
}
