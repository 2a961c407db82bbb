import Engines
import Measurement
import Records

/// A known trap of comparisons of frameworks, and whether this study stands in it.
package struct Pitfall: Sendable, Hashable {
    /// The traps.
    package enum Kind: String, Sendable, CaseIterable {
        /// The engine computes in another arithmetic, with other threads or other settings than was asked.
        case options = "different effective options"
        /// The first run does work that later ones do not.
        case firstIteration = "first-iteration tuning"
        /// Times of one input again and again are other ones than those of inputs in turn.
        case reusedInputs = "reused inputs"
        /// What is timed ends before the outputs are there.
        case unsynchronised = "unsynchronised timing"
        /// Moving inputs and outputs is left out of the times.
        case transfers = "excluded transfers"
    }

    /// Whether the trap is there.
    package enum Finding: Sendable, Hashable {
        case found(String)
        case absent(String)
        case cannotTell(String)

        package var words: String {
            switch self {
            case .found(let words), .absent(let words), .cannotTell(let words): words
            }
        }

        package var isFound: Bool { if case .found = self { true } else { false } }
    }

    let kind: Kind
    /// The cells or stack concerned.
    let subject: String
    let finding: Finding

    /// Looks for every trap in what was measured.
    static func all(in findings: StabilityFindings) -> [Pitfall] {
        let cells = findings.completed
        let ofCells = cells.flatMap { cell -> [Pitfall] in
            let timing = cell.timing
            return [
                Pitfall(
                    kind: .options, subject: cell.title,
                    finding: EffectiveOptions.finding(
                        asked: cell.configuration.setting.request.options, inForce: cell.options, busy: timing.busy)),
                Pitfall(
                    kind: .firstIteration, subject: cell.title,
                    finding: FirstIteration.finding(
                        first: timing.first.map(Double.init), settled: timing.median)),
                Pitfall(
                    kind: .reusedInputs, subject: cell.title,
                    finding: ReusedInputs.finding(reused: timing.reused, inTurn: timing.inTurn)),
                Pitfall(
                    kind: .transfers, subject: cell.title,
                    finding: ExcludedTransfers.finding(
                        client: timing.client, engine: timing.engine, transfer: timing.transfer)),
            ]
        }
        return ofCells + unsynchronised(cells)
    }

    /// Cells that differ in their batch alone show how times grow with it.
    private static func unsynchronised(_ cells: [StabilityCell]) -> [Pitfall] {
        var groups: [[StabilityCell]] = []
        for cell in cells {
            let place = groups.firstIndex {
                ($0.first?.configuration).map {
                    cell.configuration.setting.axes(from: $0.setting).map { $0.isEmpty || $0 == [.batch] } ?? false
                } ?? false
            }
            if let place { groups[place].append(cell) } else { groups.append([cell]) }
        }
        return groups.map { group in
            let points = group.compactMap { cell -> UnsynchronisedTiming.Point? in
                guard let engine = Selection.median(of: cell.timing.engine),
                    let client = Selection.median(of: cell.timing.client)
                else { return nil }
                return UnsynchronisedTiming.Point(
                    batch: cell.configuration.setting.batch, engine: engine, client: client,
                    transfer: Selection.median(of: cell.timing.transfer), bytes: cell.timing.bytes)
            }
            return Pitfall(
                kind: .unsynchronised, subject: group[0].configuration.stack.title,
                finding: UnsynchronisedTiming.finding(points))
        }
    }
}

extension Pitfall.Finding {
    /// For tables.
    var state: Verdict.State {
        switch self {
        case .found: .fails
        case .absent: .holds
        case .cannotTell: .unknown
        }
    }
}
