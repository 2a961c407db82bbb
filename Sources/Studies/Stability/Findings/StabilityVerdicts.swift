import Engines
import Records

/// What a study of stability says: whether the model is itself in every cell, and within each stack.
struct StabilityVerdicts {
    let spec: StabilitySpec
    let findings: StabilityFindings
    let record: Record

    var all: [Verdict] {
        [headline].compactMap(\.self) + findings.stacks.indices.compactMap(ofStack)
    }

    private var model: String { findings.names.first ?? spec.model }

    private var bound: String { MetricUnit.number.format(spec.tolerance) }

    private func samples(_ count: Int) -> String { "\(count) sample\(count == 1 ? "" : "s")" }

    /// All cells against the reference.
    private var headline: Verdict? {
        guard let place = findings.reference else {
            return verdict(model, "no cell ran the model", .unknown)
        }
        let reference = findings.cells[place]
        let compared = findings.compared
        guard let worst = compared.max(by: { isMilder($0, than: $1) }), let kind = worst.kind else {
            return verdict(
                model, "only \(reference.title) ran it\(steadiness([reference])): there is nothing to compare", .unknown
            )
        }
        let cells = "\(compared.count + 1) cells on \(samples(reference.digests.count))"
        let identical = compared.count { $0.kind == .identical } + 1
        let unsteady = steadiness([reference] + compared)
        switch kind {
        case .identical: return verdict(model, "\(cells): bit-identical\(unsteady)", .holds, metric(worst))
        case .lastBits, .withinTolerance, .unsteady:
            return verdict(
                model,
                "\(cells): within \(bound), \(identical) bit-identical to the reference\(unsteady)\(flips); "
                    + "the farthest is \(worst.title)", .holds, metric(worst))
        case .beyondTolerance:
            return verdict(
                model, "\(cells): beyond \(bound) on \(names(compared) { $0 == .beyondTolerance })\(flips)\(unsteady)",
                .fails, metric(worst))
        case .labelsFlip:
            return verdict(
                model, "\(cells): labels flip on \(names(compared) { $0 == .labelsFlip })\(unsteady)", .fails,
                metric(worst))
        }
    }

    /// What is said of labels where none flips.
    private var flips: String {
        findings.compared.contains { $0.comparison?.labelled ?? 0 > 0 } ? ", no label flips" : ", and it has no labels"
    }

    private func isMilder(_ left: StabilityCell, than right: StabilityCell) -> Bool {
        func order(_ cell: StabilityCell) -> (Int, Int, Double) {
            (cell.kind?.severity ?? 0, cell.comparison?.flips.count ?? 0, cell.comparison?.distance ?? 0)
        }
        return order(left) < order(right)
    }

    /// The carrying number of a cell: its flips, else its distance.
    private func metric(_ cell: StabilityCell) -> Metric? {
        record.metric(cell.kind == .labelsFlip ? "stability.flips" : "stability.difference", cell.labels)
    }

    /// Which cells are of a kind: their names, the first three.
    private func names(_ cells: [StabilityCell], _ isChosen: (DifferenceClass) -> Bool) -> String {
        let chosen = cells.filter { $0.kind.map(isChosen) ?? false }
        return chosen.prefix(3).map(\.title).joined(separator: "; ")
            + (chosen.count > 3 ? " and \(chosen.count - 3) more" : "")
    }

    private func steadiness(_ cells: [StabilityCell]) -> String {
        let unsteady = cells.filter { !$0.isDeterministic }
        guard let first = unsteady.first else { return "" }
        return ", not deterministic on \(first.title)" + (unsteady.count > 1 ? " and \(unsteady.count - 1) more" : "")
    }

    /// The cells of one stack against its first one: what its settings change.
    private func ofStack(_ index: Int) -> Verdict? {
        let cells = findings.completed.filter { $0.configuration.setting.stack == index }
        let compared = cells.filter { $0.ownKind != nil }
        let worst = compared.compactMap(\.ownKind).max { $0.severity < $1.severity }
        guard let worst else { return nil }
        let title = findings.stacks[index].title
        let unsteady = steadiness(cells)
        guard worst != .identical else {
            return verdict(title, "bit-identical over its \(cells.count) settings\(unsteady)", .holds)
        }
        let changed = Self.telling(compared.filter { $0.ownKind != .identical })
        let what = changed.prefix(3).compactMap { cell in
            cell.ownKind.map { "\(cell.change): \($0.rawValue)" }
        }.joined(separator: "; ")
        let more = changed.count > 3 ? " and \(changed.count - 3) more" : ""
        let fails = worst == .beyondTolerance || worst == .labelsFlip
        return verdict(
            title, "over its \(cells.count) settings \(what)\(more)\(unsteady)", fails ? .fails : .holds)
    }

    /// The cells that tell something: of those in which several settings are others, the ones that are worse than what single
    /// settings do.
    private static func telling(_ cells: [StabilityCell]) -> [StabilityCell] {
        let single = cells.filter { $0.changes == 1 }
        let worst = single.compactMap(\.ownKind?.severity).max() ?? -1
        return single + cells.filter { $0.changes > 1 && ($0.ownKind?.severity ?? 0) > worst }
    }

    private func verdict(
        _ subject: String, _ statement: String, _ state: Verdict.State, _ metric: Metric? = nil
    ) -> Verdict {
        Verdict(
            .itself, subject: subject, statement, state, metric: metric, record: record.id, varies: false)
    }
}
