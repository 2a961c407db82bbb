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
        let ratio: MeanEstimate?
        /// The adjusted p-value; `nil` for the best one itself.
        let adjusted: Double?

        /// Whether it is certainly slower than the best one.
        var isSlower: Bool { (adjusted ?? 1) <= 0.05 && (ratio?.value ?? 0) < 0 }
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
        let adjusted = MultipleComparisons.holm(ratios.map { $0.map(Self.pValue) ?? 1 })
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

    /// The mean logarithm of the ratio, round by round.
    private static func ratio(_ numerator: [Double], _ denominator: [Double]) -> MeanEstimate? {
        let logarithms = zip(numerator, denominator).filter { $0 > 0 && $1 > 0 }.map { log($0 / $1) }
        return MeanEstimate(of: logarithms)
    }

    /// The chance of such a ratio, or one further from 1, were the two equal.
    private static func pValue(_ ratio: MeanEstimate) -> Double {
        let freedom = Double(ratio.count - 1)
        let half = ratio.interval.upper - ratio.value
        let error = half / Distributions.inverseStudent(0.975, degreesOfFreedom: freedom)
        guard error > 0 else { return ratio.value == 0 ? 1 : 0 }
        return 2 * (1 - Distributions.student(abs(ratio.value) / error, degreesOfFreedom: freedom))
    }
}

extension BatchSweep {
    /// A mean logarithm as the ratio it stands for.
    static func quantity(_ ratio: MeanEstimate) -> Quantity {
        Quantity(
            exp(ratio.value), .ratio,
            interval: Interval(
                lower: exp(ratio.interval.lower), upper: exp(ratio.interval.upper), level: ratio.interval.level,
                method: ratio.interval.method), count: ratio.count)
    }
}
