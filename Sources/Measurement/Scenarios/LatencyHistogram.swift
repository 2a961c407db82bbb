import Foundation
import Histogram
import Engines
import Tensors

/// How often a time occurred, in classes no wider than a thousandth of the time (HdrHistogram: Tene, hdrhistogram.org).
///
/// It holds all queries of a run however many they are, in fixed memory; times are counted by the upper end of their class.
public struct LatencyHistogram: Codable, Sendable {
    private var classes: AttachedTensor
    private var occurrences: AttachedTensor
    /// How many times were above the longest that is told apart, an hour, and are counted there.
    public let clamped: Int

    /// The longest time that is told apart, in nanoseconds.
    public static let longest: Int64 = 3_600_000_000_000

    /// Counts times in nanoseconds; one below 0 counts as 0.
    public init(_ times: [Int64]) {
        var histogram = Histogram<UInt64>(
            lowestDiscernibleValue: 1, highestTrackableValue: UInt64(Self.longest),
            numberOfSignificantValueDigits: .three)
        var clamped = 0
        for time in times {
            // The library drops what is beyond its range without a word.
            if time > Self.longest { clamped += 1 }
            histogram.record(UInt64(min(max(time, 0), Self.longest)))
        }
        self.clamped = clamped
        var values: [Int64] = []
        var counts: [Int64] = []
        // The library's own iterator adds up all times in 64 bits and traps when they do not fit.
        if histogram.totalCount > 0 {
            var value = histogram.min
            while value <= histogram.max {
                let count = histogram.countForValue(value)
                let upper = histogram.highestEquivalentForValue(value)
                if count > 0 {
                    values.append(Int64(upper))
                    counts.append(Int64(count))
                }
                value = upper + 1
            }
        }
        classes = AttachedTensor(Tensor(values))
        occurrences = AttachedTensor(Tensor(counts))
    }

    /// The upper ends of the classes that hold a time, in nanoseconds, ascending.
    public var values: [Int64] { (try? classes.tensor.values()) ?? [] }

    /// How many times each of those classes holds.
    public var counts: [Int64] { (try? occurrences.tensor.values()) ?? [] }

    /// How many times there are.
    public var total: Int { Int(counts.reduce(0, +)) }
}

extension LatencyHistogram {
    /// A place on the curve of percentiles.
    public struct Place: Sendable, Hashable {
        /// The share of times up to this one, in [0, 1).
        public let share: Double
        /// The time, in nanoseconds.
        public let time: Double

        /// One over the share that is above: 100 at the 99th percentile.
        public var rarity: Double { 1 / (1 - share) }
    }

    /// The curve from the fastest time to the last percentile that so many queries can carry.
    ///
    /// Places lie evenly on the logarithm of one over the share above: `perDecade` from the median to the 90th
    /// percentile, as many from there to the 99th.
    ///
    /// - Parameter rarest: the place at which the curve ends, as one over the share above.
    public func curve(until rarest: Double, perDecade: Int = 20) -> [Place] {
        let (values, counts) = (values, counts)
        let total = Double(counts.reduce(0, +))
        guard total > 0, rarest > 1, perDecade > 0 else { return [] }
        let step = 1 / Double(perDecade)
        var places: [Place] = []
        var index = 0
        var below = 0.0
        var decades = step
        while pow10(decades) <= rarest * 1.000_001 {
            let share = 1 - 1 / pow10(decades)
            while index < values.count - 1, below + Double(counts[index]) < share * total {
                below += Double(counts[index])
                index += 1
            }
            places.append(Place(share: share, time: Double(values[index])))
            decades += step
        }
        return places
    }

    private func pow10(_ exponent: Double) -> Double { pow(10, exponent) }
}
