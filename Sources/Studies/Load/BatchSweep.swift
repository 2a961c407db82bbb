import Foundation
import Measurement
import Records

/// Which batch gives the most samples a second, with account of how many batches are compared.
///
/// Every batch is compared with the one of the highest mean, round by round, since all took their turn in each round: the
/// mean logarithm of the ratio by Student's t, the p-values of one engine adjusted by Holm.
struct BatchSweep: Sendable {
    /// One batch against the best one.
    struct Entry: Sendable {
        let cell: LoadCell
        /// Samples a second over those of the best batch; `nil` for the best one itself.
        let ratio: RatioEstimate?
        /// The adjusted p-value; `nil` for the best one itself.
        let adjusted: Double?

        /// Whether it is certainly slower than the best one.
        var isSlower: Bool { (adjusted ?? 1) <= 0.05 && (ratio?.value ?? 1) < 1 }
    }

    /// All batches of one engine under one scenario, ascending.
    let entries: [Entry]

    /// Compares the batches; `nil` where fewer than two have at least two rounds.
    init?(_ cells: [LoadCell]) {
        let compared = cells.filter { $0.outcome == .completed && $0.rounds.count > 1 }.sorted { $0.batch < $1.batch }
        let means = compared.map { $0.throughputs.reduce(0, +) / Double($0.throughputs.count) }
        guard compared.count > 1, let best = means.indices.max(by: { means[$0] < means[$1] }) else { return nil }
        let others = compared.indices.filter { $0 != best }
        let ratios = others.map { Self.ratio(compared[$0].throughputs, compared[best].throughputs) }
        let adjusted = MultipleComparisons.holm(ratios.map { $0?.pValue ?? 1 })
        entries = compared.indices.map { index in
            let place = others.firstIndex(of: index)
            return Entry(
                cell: compared[index], ratio: place.flatMap { ratios[$0] }, adjusted: place.map { adjusted[$0] })
        }
    }

    /// The batch of the highest mean.
    var best: Entry? { entries.first { $0.adjusted == nil } }

    /// The batches that cannot be told from the best one.
    var equals: [Int] { entries.filter { $0.adjusted != nil && !$0.isSlower }.map(\.cell.batch) }

    /// The ratio, round by round.
    private static func ratio(_ numerator: [Double], _ denominator: [Double]) -> RatioEstimate? {
        let logarithms = zip(numerator, denominator).filter { $0 > 0 && $1 > 0 }.map { log($0 / $1) }
        return RatioEstimate(logarithms: logarithms, isRobust: false)
    }
}

extension RatioEstimate {
    /// The ratio with its interval of 95 %.
    var quantity: Quantity { Quantity(value, .ratio, interval: interval(), count: count) }
}
