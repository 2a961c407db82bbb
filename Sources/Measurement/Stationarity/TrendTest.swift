/// Whether run times rise or fall with time, by a straight line whose error allows for neighbours that depend on each other.
///
/// The error of the slope grows with the root of the residuals' autocorrelation time, so that a slow wandering is not taken
/// for a trend (Law and Kelton, "Simulation modeling and analysis", on correlated output; Geyer 1992 for the time).
struct TrendTest {
    /// The slope as a share of the level a second.
    let slope: Double
    /// The change from the first to the last point as a share of the level.
    let change: Double
    /// Whether a series without trend would show such a slope less than once in a hundred.
    let isCertain: Bool
    /// The sum of squared residuals.
    let residuals: Double

    /// Fits the line; `nil` with fewer than 16 points or where no time passes.
    init?(_ series: LevelSeries) {
        self.init(times: series.points.map(\.time), levels: series.smoothed)
    }

    /// Fits the line through levels that have nothing to do with each other but the trend; `nil` with fewer than six.
    init?(times: [Double], independent levels: [Double]) {
        guard levels.count >= 6 else { return nil }
        self.init(times, levels, areIndependent: true)
    }

    package init?(times: [Double], levels: [Double]) {
        guard levels.count >= ChangePoints.fewestSamples else { return nil }
        self.init(times, levels, areIndependent: false)
    }

    private init?(_ times: [Double], _ levels: [Double], areIndependent: Bool) {
        let n = Double(levels.count)
        guard times.count == levels.count else { return nil }
        let (time, level) = (times.reduce(0, +) / n, levels.reduce(0, +) / n)
        let spread = times.reduce(0) { $0 + ($1 - time) * ($1 - time) }
        guard spread > 0, level > 0, let first = times.first, let last = times.last else { return nil }
        let product = zip(times, levels).reduce(0) { $0 + ($1.0 - time) * ($1.1 - level) }
        let line = product / spread
        let rest = zip(times, levels).map { $1 - level - line * ($0 - time) }
        residuals = rest.reduce(0) { $0 + $1 * $1 }
        slope = line / level
        change = slope * (last - first)
        let factor = areIndependent ? 1 : max(EffectiveSampleSize(of: rest)?.autocorrelationTime ?? 1, 1)
        let error = (residuals / (n - 2) / spread * factor).squareRoot()
        let freedom = max(n / factor - 2, 1)
        let bound = Distributions.inverseStudent(0.995, degreesOfFreedom: freedom)
        isCertain = error > 0 ? abs(line) / error > bound : line != 0
    }
}
