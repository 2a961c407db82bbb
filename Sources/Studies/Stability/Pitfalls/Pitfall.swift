import Engines
import Measurement
import Records

/// A known trap of comparisons of frameworks, and whether this study stands in it.
package struct Pitfall: Sendable, Hashable {
    /// The traps.
    package enum Kind: String, Sendable, CaseIterable {
        /// The engine computes in another arithmetic than was asked.
        case precision = "different effective precision"
        /// The engine computes with other threads than were asked.
        case threads = "different effective threads"
        /// The engine was given other settings than were asked.
        case settings = "different effective settings"
        /// The first runs do work that later ones do not.
        case firstIteration = "first-iteration tuning"
        /// Times of an input that is given again are other ones than those of new inputs.
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
    /// The cell concerned.
    let subject: String
    let finding: Finding

    /// Looks for every trap in what was measured.
    ///
    /// - Parameter processors: how many the machine has.
    static func all(in findings: StabilityFindings, processors: Int) -> [Pitfall] {
        findings.completed.flatMap { cell in
            Kind.allCases.map {
                Pitfall(
                    kind: $0, subject: cell.title,
                    finding: finding($0, cell, processors)
                        .doubted(cell.timing.use, processors: processors, about: $0))
            }
        }
    }

    private static func finding(_ kind: Kind, _ cell: StabilityCell, _ processors: Int) -> Finding {
        let (asked, timing) = (cell.configuration.setting.request.options, cell.timing)
        return switch kind {
        case .precision:
            EffectivePrecision.finding(
                asked: asked.precision, inForce: cell.options?.precision, kept: cell.kept,
                obstacle: cell.probeObstacle)
        case .threads:
            EffectiveThreads.finding(
                asked: asked.threads, inForce: cell.options?.threads, use: timing.use, processors: processors)
        case .settings: EffectiveSettings.finding(asked: asked, inForce: cell.options)
        case .firstIteration: FirstIteration.finding(early: timing.early, settled: timing.settled)
        case .reusedInputs:
            ReusedInputs.finding(
                seen: timing.seen.map(\.engine), novel: timing.novel.map(\.engine), reused: timing.reused,
                inTurn: timing.inTurn)
        case .unsynchronised:
            UnsynchronisedTiming.finding(
                model: timing.novel, carrier: timing.carrier, obstacle: timing.carrierObstacle)
        case .transfers:
            ExcludedTransfers.finding(
                model: timing.novel, carrier: timing.carrier, obstacle: timing.carrierObstacle)
        }
    }
}

extension Pitfall.Finding {
    /// The same, unless it follows from single times on a machine that others kept busy: a process that has computed is made
    /// to wait longer than one that has not.
    package func doubted(_ use: ProcessorUse?, processors: Int, about kind: Pitfall.Kind) -> Pitfall.Finding {
        guard isFound, [.firstIteration, .unsynchronised, .transfers].contains(kind), let use,
            use.isDisturbed(of: processors)
        else { return self }
        return .cannotTell(
            words + "; but other programs kept \(MetricUnit.number.format(use.others ?? 0)) processors busy")
    }

    /// For tables.
    var state: Verdict.State {
        switch self {
        case .found: .fails
        case .absent: .holds
        case .cannotTell: .unknown
        }
    }
}
