/// Distributions side by side, as boxes or as cumulative curves, drawn from their quantiles.
public struct DistributionChart: Sendable, Hashable, Codable {
    /// How distributions are drawn.
    public enum Style: String, Sendable, Hashable, Codable {
        /// Boxes: median, quartiles, and whiskers to the 1st and 99th percentile.
        case box
        /// Cumulative distribution functions.
        case cumulative
    }

    /// One distribution by its quantiles.
    public struct Series: Sendable, Hashable, Codable {
        /// The name.
        public var name: String
        /// How many samples there were.
        public var count: Int
        /// The quantiles at `DistributionChart.probabilities`; empty where there were no samples.
        public var quantiles: [Double]

        /// Summarises samples by quantiles that interpolate linearly between order statistics (Hyndman and Fan 1996,
        /// type 7); samples that are not finite are left out.
        public init(_ name: String, samples: [Double]) {
            self.name = name
            let sorted = samples.filter(\.isFinite).sorted()
            count = sorted.count
            quantiles =
                sorted.isEmpty
                ? []
                : DistributionChart.probabilities.map { probability in
                    let place = probability * Double(sorted.count - 1)
                    let below = Int(place.rounded(.down))
                    let above = min(below + 1, sorted.count - 1)
                    return sorted[below] + (sorted[above] - sorted[below]) * (place - Double(below))
                }
        }

        /// The quantile at one of `DistributionChart.probabilities`; `nil` for others and where there are no samples.
        public func quantile(_ probability: Double) -> Double? {
            guard quantiles.count == DistributionChart.probabilities.count else { return nil }
            return DistributionChart.probabilities.firstIndex(of: probability).map { quantiles[$0] }
        }
    }

    /// The probabilities at which quantiles are kept: 0, 0.001, 0.005, 0.01, 0.02 … 0.98, 0.99, 0.995, 0.999, 1.
    public static let probabilities: [Double] =
        [0, 0.001, 0.005] + (1...99).map { Double($0) / 100 } + [0.995, 0.999, 1]

    /// The axis of the samples.
    public var axis: Axis
    /// The distributions.
    public var series: [Series]
    /// How they are drawn.
    public var style: Style

    /// Makes a chart.
    public init(axis: Axis, series: [Series], style: Style = .box) {
        self.axis = axis
        self.series = series
        self.style = style
    }
}
