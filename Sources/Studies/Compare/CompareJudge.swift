import Foundation
import Measurement
import Records

/// Turns ratios into answers: one interval each, at its level in the family, and the gates.
struct CompareJudge {
    let spec: CompareSpec

    /// A ratio before it is judged.
    struct Candidate {
        let side: Int
        let against: Int
        var estimate: RatioEstimate?
        var logarithms: [Double] = []
        var obstacle = ""
        /// By how much, as a share, the ratio may be off for reasons that its interval does not know.
        var drift = 0.0
    }

    /// The answers for one statistic.
    func comparisons(_ statistic: ComparedStatistic, _ candidates: [Candidate]) -> [CompareFindings.Comparison] {
        let levels = ComparisonFamily.levels(of: candidates.map(\.estimate), level: spec.level)
        return zip(candidates, levels).map { candidate, level in
            guard let estimate = candidate.estimate else {
                return CompareFindings.Comparison(
                    statistic: statistic, side: candidate.side, against: candidate.against, ratio: nil, verdict: nil,
                    logarithms: [], obstacle: candidate.obstacle.isEmpty ? "too few runs" : candidate.obstacle,
                    degreesOfFreedom: 0)
            }
            // Further rounds of the same sessions would not tell what sessions differ by.
            let freedom = candidate.drift > 0 ? 0 : estimate.degreesOfFreedom
            let oriented = statistic.prefersMore ? estimate.inverse : estimate
            return CompareFindings.Comparison(
                statistic: statistic, side: candidate.side, against: candidate.against,
                ratio: Quantity(
                    estimate.value, .ratio, interval: Self.interval(estimate, level, candidate.drift),
                    count: estimate.count),
                verdict: ComparisonVerdict(
                    ratio: oriented.value, interval: Self.interval(oriented, level, candidate.drift),
                    rounds: estimate.count, margin: spec.margin, degreesOfFreedom: freedom),
                logarithms: candidate.logarithms, obstacle: candidate.obstacle, degreesOfFreedom: freedom)
        }
    }

    private static func interval(_ estimate: RatioEstimate, _ level: Double, _ drift: Double) -> Interval {
        var interval = estimate.interval(level: level)
        guard drift > 0 else { return interval }
        interval.lower /= 1 + drift
        interval.upper *= 1 + drift
        interval.method += "+drift"
        return interval
    }

    /// The gates, each on every side that it speaks of.
    func gates(_ findings: CompareFindings) -> [GateResult] {
        spec.gates.flatMap { gate -> [GateResult] in
            let results: [GateResult]
            switch gate.measure {
            case .ratio:
                results = findings.comparisons.filter {
                    $0.statistic.rawValue == gate.metric && gate.speaks(of: findings.sides[$0.side])
                }.map {
                    GateResult(
                        gate, subject: findings.sides[$0.side].title, $0.ratio,
                        of: findings.sides[$0.against].title, reason: $0.obstacle,
                        degreesOfFreedom: $0.degreesOfFreedom)
                }
            case .value:
                results = findings.sides.filter { gate.speaks(of: $0) }.map { side in
                    let statistic = ComparedStatistic(rawValue: gate.metric)
                    return GateResult(
                        gate, subject: side.title, statistic.flatMap { side.figures[$0] },
                        reason: side.outcome == .completed ? "" : side.outcome.description)
                }
            }
            return results.isEmpty
                ? [GateResult(gate, subject: gate.stack ?? "every side", nil, reason: "there is no such side")]
                : results
        }
    }
}

extension CompareSpec {
    /// The statistics asked for, and those that gates speak of.
    var allStatistics: [ComparedStatistic] {
        let gated = gates.compactMap { ComparedStatistic(rawValue: $0.metric) }
        return ComparedStatistic.allCases.filter { statistics.contains($0) || gated.contains($0) }
    }

    /// Refuses gates on what a comparison does not measure.
    ///
    /// - Throws: `StudyError` of code `gate`.
    func checkGates() throws(StudyError) {
        for gate in gates where ComparedStatistic(rawValue: gate.metric) == nil {
            throw StudyError(
                .gate, subject: "gate '\(gate.text)'", reason: "a comparison does not measure '\(gate.metric)'",
                remedy: "it measures \(ComparedStatistic.allCases.map(\.rawValue).joined(separator: ", "))")
        }
    }
}

extension Gate {
    /// Whether it speaks of a side.
    func speaks(of side: CompareFindings.Side) -> Bool { speaks(of: side.title) || speaks(of: side.stack) }
}
