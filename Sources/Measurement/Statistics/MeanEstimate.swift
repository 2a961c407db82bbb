public import Records

/// A mean with its interval from Student's t distribution ("Student" 1908), for numbers that are close to normal, such as
/// means of blocks.
public struct MeanEstimate: Sendable, Hashable {
    /// The mean.
    public let value: Double
    /// The interval.
    public let interval: Interval
    /// How many numbers there were.
    public let count: Int

    /// Estimates the mean; `nil` with fewer than two numbers.
    public init?(of numbers: [Double], level: Double = 0.95, method: String = "student-t") {
        guard numbers.count > 1, level > 0, level < 1 else { return nil }
        let n = Double(numbers.count)
        let mean = numbers.reduce(0, +) / n
        let variance = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1)
        let t = Distributions.inverseStudent(0.5 + level / 2, degreesOfFreedom: n - 1)
        let half = t * (variance / n).squareRoot()
        value = mean
        interval = Interval(lower: mean - half, upper: mean + half, level: level, method: method)
        count = numbers.count
    }
}
