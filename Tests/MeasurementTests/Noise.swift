import Foundation
import Tensors

/// Noise of known autocorrelation.
enum Noise {
    /// A stationary autoregressive series of order one with variance 1; neighbours correlate by `correlation`.
    static func autoregressive(_ correlation: Double, count: Int, _ random: inout SplitMix64) -> [Double] {
        let innovation = (1 - correlation * correlation).squareRoot()
        var series: [Double] = []
        series.reserveCapacity(count)
        var last = random.normal()
        for _ in 0..<count {
            series.append(last)
            last = correlation * last + innovation * random.normal()
        }
        return series
    }
}
