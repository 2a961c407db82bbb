import Assets
import Engines
import Foundation
import Measurement
import Records
import Specs

/// Turns what a comparison found into a record.
struct CompareRecord {
    let spec: CompareSpec
    let effective: SpecValue
    let findings: CompareFindings
    let context: StudyContext
    var ingredients: [Ingredient] = []
    var lock: JSONValue = .object([:])

    func build() throws -> RecordArchive {
        var record = Record(
            study: Compare.name, title: spec.shownTitle(findings.sides.map(\.title)), tool: context.tool,
            spec: try JSONCoding.value(of: effective), lock: lock, ingredients: ingredients.uniqued(),
            machine: context.machine, seed: UInt64(clamping: spec.seed))
        record.isPartial = findings.isPartial
        record.outcomes = findings.sides.map {
            Outcome(stack: $0.title, $0.outcome, labels: [Label.model: $0.model], log: $0.log)
        }
        record.notes = findings.notes
        record.metrics = metrics
        let watched = findings.watched
        record.metrics += watched.flatMap(\.metrics)
        record.exhibits =
            CompareExhibits(spec: spec, findings: findings).all + [watched.exhibit].compactMap(\.self)
        record.verdicts = verdicts(record) + gateVerdicts(record)
        var archive = RecordArchive(record)
        for side in findings.sides where !side.processes.isEmpty {
            archive.add("latency", processes: side.processes, labels: labels(side))
        }
        return archive
    }

    private func labels(_ side: CompareFindings.Side) -> Labels { [Label.model: side.model, Label.stack: side.title] }

    private var metrics: [Metric] {
        let figures = findings.sides.flatMap { side in
            ComparedStatistic.allCases.compactMap { statistic in
                side.figures[statistic].map {
                    Metric(
                        statistic.rawValue, $0.value, $0.unit, interval: $0.interval, count: $0.count,
                        labels: labels(side))
                }
            }
        }
        let ratios = findings.comparisons.map { comparison -> Metric in
            let name = comparison.statistic.rawValue + ".ratio"
            let labels = labels(findings.sides[comparison.side]).merging([
                "against": findings.sides[comparison.against].title
            ]) { $1 }
            guard let ratio = comparison.ratio else {
                return Metric(name, unavailable: comparison.obstacle, unit: .ratio, labels: labels)
            }
            return Metric(
                name, ratio.value, .ratio, interval: ratio.interval, count: ratio.count, labels: labels, varies: true)
        }
        return figures + ratios
    }

    private func verdicts(_ record: Record) -> [Verdict] {
        findings.comparisons.map { comparison in
            let (side, against) = (findings.sides[comparison.side], findings.sides[comparison.against])
            let metric = record.metric(
                comparison.statistic.rawValue + ".ratio",
                labels(side).merging(["against": against.title]) { $1 })
            return Verdict(
                .fast, subject: side.title,
                "\(comparison.statistic.rawValue): \(comparison.answer) \(comparison.preposition) \(against.title)"
                    + (findings.trust(in: comparison) == .doubtful ? " (doubtful: the machine was not quiet)" : ""),
                comparison.state, metric: metric, record: record.id)
        }
    }

    private func gateVerdicts(_ record: Record) -> [Verdict] {
        findings.gates.map { result in
            Verdict(
                .fast, subject: result.subject, "gate '\(result.gate.text)': \(result.description)", result.state,
                record: record.id)
        }
    }
}

extension CompareFindings.Comparison {
    /// The word between the answer and the side that is compared with.
    fileprivate var preposition: String {
        switch verdict?.outcome {
        case .faster, .slower: "than"
        case .same: "as"
        case .undecided, nil: "against"
        }
    }
}
