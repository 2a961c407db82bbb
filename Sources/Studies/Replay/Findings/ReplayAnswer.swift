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
        state = Self.state(of: lines)
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

    /// One difference is enough; without an answer about the outputs a record is neither reproduced nor different.
    private static func state(of lines: [Line]) -> State {
        if lines.contains(where: { $0.state == .differs }) { return .differs }
        let outputs = lines.first { $0.observable == Observable.outputs.rawValue }
        return outputs?.state == .reproduced ? .reproduced : .cannotTell
    }

    // MARK: - Line by line

    private static func lines(_ findings: ReplayFindings) -> [Line] {
        let own = Observable.allCases.compactMap { line($0, findings) }
        let times = findings.cells.map(line)
        // Several models and stacks share one line: the worst of them.
        let order: [State] = [.differs, .cannotTell, .reproduced]
        let worst = order.lazy.compactMap { state in times.first { $0.state == state } }.first
        return own + (worst.map { [$0] } ?? [])
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
        case .outputs: return outputs(findings, made)
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
        let far = seen.distance.map(distance) ?? "in bits"
        if let own = seen.distance, own <= findings.asked.tolerance {
            return made(.reproduced, "within the tolerance: \(far)")
        }
        if let floor = findings.repetition, (floor.bits ?? 0) > 0 {
            let width = floor.distance ?? 0
            if (seen.distance ?? 0) <= 3 * width {
                return made(
                    .cannotTell, "two runs here differ from each other as much: by \(distance(width)), against \(far)")
            }
        }
        let hint =
            (seen.distance ?? 1) <= findings.scene.recorded.spec.tolerance ? ", within the record's tolerance" : ""
        return made(.differs, "\(far), \(percent(bits)) of the samples\(hint)")
    }

    private static func distance(_ value: Double) -> String {
        value.isFinite ? "by \(MetricUnit.number.format(value)) of the largest element" : "in type, shape or finiteness"
    }

    private static func line(_ cell: TimedCell) -> Line {
        let place = "\(cell.model) on \(cell.stack)"
        func made(_ state: State, _ words: String) -> Line {
            Line(observable: ReplayTiming.observable, title: "latency", state: state, words: words)
        }
        if let controlled = cell.controlled {
            let ratio = factor(controlled)
            switch controlled.outcome {
            case .same: break
            case .faster, .slower: return made(.differs, "\(ratio) of what was recorded, both run now: \(place)")
            case .undecided(let more):
                let needed = more.map { ": needs about \($0) processes more" } ?? ""
                return made(.cannotTell, "\(ratio), both run now\(needed): \(place)")
            }
            return made(.reproduced, "\(ratio) of what was recorded, both run now: \(place)")
        }
        guard let session = cell.session else { return made(.cannotTell, "it was not timed: \(place)") }
        let words = "\(factor(session)) of the recorded median, on another day: \(place)"
        if case .same = session.outcome { return made(.reproduced, words) }
        return made(.cannotTell, words)
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
