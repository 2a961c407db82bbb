package import Records

/// How many independent samples a series in the order of time is worth at one of its quantiles, and the interval of so many.
///
/// What counts for the interval is how often a sample lies below the quantile. The autocorrelation of that series of zeros
/// and ones tells how many independent samples it is worth (`EffectiveSampleSize`), and the ranks are those of so many,
/// at the same shares of the whole sample (Heidelberger and Lewis 1984, "Quantile estimation in dependent sequences", on
/// the variance of quantiles of correlated output). Neighbours that make up for each other do not narrow it.
package struct QuantileDependence: Sendable, Hashable {
    /// How many samples there are.
    package let count: Int
    /// How many independent samples they are worth, at most as many as there are.
    package let independent: Int

    /// The longest series whose autocovariances are had sample by sample; a longer one is taken in as many blocks.
    private static let mostBlocks = 1 << 16

    /// Estimates the dependence.
    ///
    /// - Parameter isAbove: in the order of time 1 for a sample above the quantile and 0 for any other.
    package init(_ isAbove: [Double]) {
        count = isAbove.count
        let time = max(EffectiveSampleSize(of: isAbove, mostBlocks: Self.mostBlocks)?.autocorrelationTime ?? 1, 1)
        independent = max(Int((Double(count) / time).rounded(.down)), 1)
    }

    /// The interval of the quantile.
    ///
    /// - Parameter element: the sample of a rank in ascending order, counted from 0.
    /// - Returns: `nil` when there are too few independent samples for an interval of the level.
    package func interval(
        _ probability: Double, level: Double = 0.95, element: (_ rank: Int) -> Double
    ) -> Interval? {
        guard let ranks = QuantileEstimate.ranks(probability, count: independent, level: level) else { return nil }
        let scale = Double(count + 1) / Double(independent + 1)
        let lower = max(Int((Double(ranks.lower) * scale).rounded(.down)), 1)
        let upper = min(Int((Double(ranks.upper) * scale).rounded(.up)), count)
        return Interval(
            lower: element(lower - 1), upper: element(upper - 1), level: level,
            method: independent < count ? "order-statistics-ess" : "order-statistics")
    }
}
