import Foundation
import Measurement
import Records

/// What a replay comes to: whether the record was reproduced, in what it was not, and what explains that.
struct ReplayAnswer: Sendable {
    /// The answer.
    enum State: String, Sendable {
        case reproduced
        case differs
        case cannotTell = "cannot tell"

        /// How a report shows it.
        var verdict: Verdict.State {
            switch self {
            case .reproduced: .holds
            case .differs: .fails
            case .cannotTell: .unknown
            }
        }
    }

    /// The answer about one thing that can be seen.
    struct Line: Sendable {
        let observable: String
        let title: String
        let state: State
        let words: String
    }

    let lines: [Line]
    let state: State
    /// What explains the first difference the most, and how much of it.
    let cause: (name: String, share: Double)?
    /// Ingredients that differ by content, reach an engine, and had no effect that could be seen.
    let silent: [ReplayIngredient]

    init(_ findings: ReplayFindings) {
        let lines = Self.lines(findings)
        self.lines = lines
        state = Self.state(of: lines, decidedBy: type(of: findings.scene.recorded.question).deciding)
        let first = lines.first { $0.state == .differs }
        let known = first.flatMap { line in findings.causes.first { $0.observable == line.observable } }
        if let known, let main = known.main {
            cause = (main.ingredient, main.share)
        } else if let known, known.restShare > 0.5, let rest = Self.suspects(findings), rest.count == 1 {
            cause = (rest[0], known.restShare)
        } else {
            cause = nil
        }
        let effective = Set(findings.causes.flatMap { $0.parts.filter { abs($0.share) >= 0.05 } }.map(\.ingredient))
        silent = findings.scene.ingredients.filter { ingredient in
            ingredient.state == .differs && ingredient.obstacle == nil && ingredient.reachesEngine
                && !effective.contains(ingredient.name)
        }
    }

    /// One difference is enough; without an answer about what decides a record is neither reproduced nor different.
    private static func state(of lines: [Line], decidedBy observable: String) -> State {
        if lines.contains(where: { $0.state == .differs }) { return .differs }
        let deciding = lines.first { $0.observable == observable }
        return deciding?.state == .reproduced ? .reproduced : .cannotTell
    }

    // MARK: - Line by line

    private static func lines(_ findings: ReplayFindings) -> [Line] {
        let own = Observable.allCases.compactMap { line($0, findings) }
        return own + [worst(findings.cells), verdicts(findings)].compactMap(\.self)
    }

    /// Several models, stacks and figures share one line: that of the worst of them.
    private static func worst(_ cells: [TimedCell]) -> Line? {
        let lines = cells.map { (line: line($0), distance: abs(log(($0.controlled ?? $0.session)?.ratio ?? 1))) }
        let order: [State] = [.differs, .cannotTell, .reproduced]
        guard let state = order.first(where: { state in lines.contains { $0.line.state == state } }) else { return nil }
        let alike = lines.filter { $0.line.state == state }
        guard let worst = alike.max(by: { $0.distance < $1.distance })?.line else { return nil }
        let others = cells.count > 1 ? " (\(alike.count) of \(cells.count))" : ""
        return Line(observable: worst.observable, title: worst.title, state: state, words: worst.words + others)
    }

    private static func line(_ observable: Observable, _ findings: ReplayFindings) -> Line? {
        func made(_ state: State, _ words: String) -> Line {
            Line(observable: observable.rawValue, title: observable.title, state: state, words: words)
        }
        let seen = findings.observation
        switch observable {
        case .outcomes:
            guard seen.outcomes > 0 else { return nil }
            return made(.differs, percent(seen.outcomes) + " of the pairs of model and stack ended otherwise")
        case .outputs: return findings.scene.recorded.question.keepsOutputs ? outputs(findings, made) : nil
        case .answers:
            guard let share = seen.answers else { return nil }
            return share == 0 ? made(.reproduced, "all the same") : made(.differs, percent(share) + " of the samples")
        case .scores:
            guard let difference = seen.scores else { return nil }
            return difference == 0
                ? made(.reproduced, "the same") : made(.differs, "by " + percent(difference))
        case .inputs:
            guard let share = seen.inputs else { return nil }
            let step = seen.step.map { ", first in the step '\($0)'" } ?? ""
            return share == 0
                ? made(.reproduced, "bit for bit") : made(.differs, percent(share) + " of the samples" + step)
        }
    }

    private static func outputs(_ findings: ReplayFindings, _ made: (State, String) -> Line) -> Line {
        let seen = findings.observation
        guard let bits = seen.bits else {
            return made(
                .cannotTell, "the record has no fingerprints of outputs: it was made before they were kept")
        }
        guard bits > 0 else { return made(.reproduced, "bit for bit") }
        // Equal numbers of the first samples do not say how far the others lie.
        let known = seen.distance.flatMap { $0 > 0 ? $0 : nil }
        let far = known.map(distance) ?? "in bits"
        if let known, known <= findings.asked.tolerance {
            return made(.reproduced, "within the tolerance: \(far)")
        }
        if let floor = findings.repetition, (floor.bits ?? 0) > 0 {
            let width = floor.distance ?? 0
            if (known ?? 0) <= 3 * width {
                return made(
                    .cannotTell, "two runs here differ from each other as much: by \(distance(width)), against \(far)")
            }
        }
        let hint =
            (known ?? .infinity) <= findings.scene.recorded.question.tolerance ?? 0
            ? ", within the record's tolerance" : ""
        return made(.differs, "\(far), \(percent(bits)) of the samples\(hint)")
    }

    private static func distance(_ value: Double) -> String {
        value.isFinite ? "by \(MetricUnit.number.format(value)) of the largest element" : "in type, shape or finiteness"
    }

    static func line(_ cell: TimedCell) -> Line {
        let place = cell.words
        // A time of another day is never called different by itself; the two sides of a ratio shared their day.
        let isOther = cell.isRatio && cell.session?.outcome.isDifferent == true
        func made(_ state: State, _ words: String) -> Line {
            Line(observable: cell.observable, title: cell.observable, state: state, words: words)
        }
        if let controlled = cell.controlled {
            let ratio = factor(controlled)
            switch controlled.outcome {
            case .same where isOther: break
            case .same: return made(.reproduced, "\(ratio) of what was recorded, both run now: \(place)")
            case .faster, .slower: return made(.differs, "\(ratio) of what was recorded, both run now: \(place)")
            case .undecided(let more):
                let needed = more.map { ": \(FurtherEvidence.processes($0).words)" } ?? ""
                return made(.cannotTell, "\(ratio), both run now\(needed): \(place)")
            }
        }
        guard let session = cell.session else { return made(.cannotTell, "it was not timed: \(place)") }
        let words = "\(factor(session)) of what was recorded, on another day: \(place)"
        if case .same = session.outcome { return made(.reproduced, words) }
        return made(isOther ? .differs : .cannotTell, words)
    }

    /// What the study said, where that follows from its figures: another verdict on figures that came out again is chance.
    private static func verdicts(_ findings: ReplayFindings) -> Line? {
        let pairs = Array(zip(findings.scene.recorded.record.verdicts, findings.here.record.verdicts))
        guard !findings.scene.recorded.question.keepsOutputs, !pairs.isEmpty else { return nil }
        let others = pairs.filter { $0.state != $1.state }
        func made(_ state: State, _ words: String) -> Line {
            Line(observable: "verdicts", title: "verdicts", state: state, words: words)
        }
        guard let (old, new) = others.first else { return made(.reproduced, "all the same") }
        return made(
            .cannotTell,
            "\(others.count) of \(pairs.count): '\(old.statement)' was recorded, and here '\(new.statement)'")
    }

    private static func factor(_ verdict: ComparisonVerdict) -> String {
        let interval = verdict.interval.map {
            " [\(MetricUnit.number.format($0.lower)), \(MetricUnit.number.format($0.upper))]"
        }
        return MetricUnit.number.format(verdict.ratio) + " times" + (interval ?? "")
    }

    static func percent(_ share: Double) -> String { MetricUnit.fraction.format(share) }

    // MARK: - What no swap explains

    /// What may explain the part that stays when everything that can be is as recorded; `nil` where nothing else differs.
    static func suspects(_ findings: ReplayFindings) -> [String]? {
        let fixed = findings.scene.ingredients.filter { $0.state == .differs && $0.obstacle != nil }.map(\.name)
        // Where inputs differ the processor is not the first to be asked; where they are the same a decoder cannot be it.
        let ofInputs = ["data", "decoder", "assay"]
        let isFedOtherwise = (findings.observation.inputs ?? 0) > 0
        let narrowed = fixed.filter { ofInputs.contains($0) == isFedOtherwise || $0 == "model" || $0 == "engine" }
        let names = narrowed.isEmpty ? fixed : narrowed
        // Features of a processor, cores and caches come with it.
        let merged = names.contains("processor") ? names.filter { !["instructions", "cores"].contains($0) } : names
        return merged.isEmpty ? nil : merged
    }
}
