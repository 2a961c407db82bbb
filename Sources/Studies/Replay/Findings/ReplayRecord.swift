import Foundation
import Measurement
import Records
import Specs

/// Turns what a replay found into a record.
struct ReplayRecord {
    let findings: ReplayFindings
    let context: StudyContext

    func build() throws -> RecordArchive {
        let scene = findings.scene
        let original = scene.recorded.record
        let run = findings.here.record
        let answer = ReplayAnswer(findings)
        var record = Record(
            study: Replay.name, title: "Replay of \(original.title)", tool: context.tool,
            spec: try JSONCoding.value(of: ReplaySpec.spec.effective(findings.asked)), lock: run.lock,
            ingredients: run.ingredients, machine: context.machine, seed: UInt64(clamping: findings.asked.seed))
        record.isPartial = findings.isPartial
        record.outcomes = run.outcomes
        record.metrics = metrics(answer)
        record.exhibits = ReplayExhibits(findings: findings, answer: answer).all
        record.verdicts = verdicts(answer, record)
        record.notes = notes(answer)
        return RecordArchive(record)
    }

    private func notes(_ answer: ReplayAnswer) -> [String] {
        let original = findings.scene.recorded.record
        return [
            "the record is \(original.id) of \(original.created.readable), made by \(original.tool) on "
                + original.machine.summary
        ]
            + answer.silent.map { ingredient in
                "\(ingredient.name) differs (\(ingredient.recorded) → \(ingredient.here)"
                    + (ingredient.detail.isEmpty ? "" : ": \(ingredient.detail)") + ") with no measured effect"
            }
    }

    // MARK: - Numbers

    private func metrics(_ answer: ReplayAnswer) -> [Metric] {
        let seen = findings.observation
        var metrics = [
            ("inputs", seen.inputs), ("bits", seen.bits), ("answers", seen.answers), ("scores", seen.scores),
        ]
        .compactMap { name, value in
            value.map { Metric("replay.\(name).differing", $0, .fraction, varies: true) }
        }
        if let distance = seen.distance {
            metrics.append(Metric("replay.outputs.distance", distance, .number, varies: true))
        }
        for cell in findings.cells {
            for (name, verdict) in [("ratio", cell.controlled), ("session", cell.session)] {
                guard let verdict else { continue }
                metrics.append(
                    Metric(
                        "\(cell.metric).\(name)", verdict.ratio, .ratio, interval: verdict.interval,
                        count: verdict.rounds, labels: cell.labels, varies: true))
            }
        }
        for cause in findings.causes {
            for part in cause.parts {
                let interval = part.lower.flatMap { lower in
                    part.upper.map { Interval(lower: lower, upper: $0, method: "student-t") }
                }
                metrics.append(
                    Metric(
                        "replay.share", part.share, .fraction, interval: interval,
                        labels: ["observable": cause.observable, "ingredient": part.ingredient], varies: true))
            }
            metrics.append(
                Metric(
                    "replay.share", cause.restShare, .fraction,
                    labels: ["observable": cause.observable, "ingredient": "rest"], varies: true))
        }
        if let cause = answer.cause {
            metrics.append(
                Metric("replay.cause", cause.share, .fraction, labels: ["ingredient": cause.name], varies: true))
        }
        return metrics
    }

    // MARK: - Verdicts

    private func verdicts(_ answer: ReplayAnswer, _ record: Record) -> [Verdict] {
        [
            Verdict(
                .itself, subject: findings.scene.recorded.record.title, statement(answer), answer.state.verdict,
                metric: record.metrics("replay.cause").first, record: record.id, varies: true)
        ]
    }

    private func statement(_ answer: ReplayAnswer) -> String {
        let silent =
            answer.silent.isEmpty
            ? "" : "; \(answer.silent.map(\.name).joined(separator: ", ")) changed with no measured effect"
        switch answer.state {
        case .reproduced:
            let parts = answer.lines.filter { $0.state == .reproduced }.map(\.title)
            return "Reproduced: \(parts.joined(separator: ", ")) as recorded" + silent
        case .cannotTell:
            let first = answer.lines.first { $0.state == .cannotTell }
            return "Cannot tell whether it is reproduced: \(first?.title ?? "nothing could be compared")"
                + (first.map { ", \($0.words)" } ?? "") + silent
        case .differs:
            let parts = answer.lines.filter { $0.state == .differs }.map { "\($0.title) (\($0.words))" }
            return "Differs: \(parts.joined(separator: "; ")). " + reason(answer) + silent
        }
    }

    private func reason(_ answer: ReplayAnswer) -> String {
        if let cause = answer.cause {
            let ingredient = findings.scene.ingredients.first { $0.name == cause.name }
            let change = ingredient.map { " (\($0.recorded) → \($0.here)\($0.detail.isEmpty ? "" : ", \($0.detail)"))" }
            let isSwapped = ingredient?.obstacle == nil
            return "\(cause.name)\(change ?? "") explains \(ReplayAnswer.percent(cause.share)) of it"
                + (isSwapped ? "" : ", by exclusion: it cannot be swapped")
        }
        if let suspects = ReplayAnswer.suspects(findings) {
            return "No swap explains it; what differs and cannot be swapped: \(suspects.joined(separator: ", "))"
        }
        return "No ingredient that is known explains it"
    }
}
