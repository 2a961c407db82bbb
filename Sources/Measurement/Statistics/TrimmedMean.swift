/// The mean without the smallest and the largest numbers, with its standard error: one number that has nothing to do with
/// the others moves neither far.
///
/// The error comes from the Winsorised variance, in which the numbers taken off count as the next ones that were kept; the
/// mean over it is close to Student's t with two degrees of freedom fewer for each pair taken off (Tukey and McLaughlin
/// 1963, "Less vulnerable confidence and significance procedures for location based on a single sample"; Yuen 1974, "The
/// two-sample trimmed t for unequal population variances", for the divisor).
public struct TrimmedMean: Sendable, Hashable {
    /// The mean of the numbers that were kept.
    public let value: Double
    /// Its standard error.
    public let standardError: Double
    /// The degrees of freedom of the error: one less than the numbers that were kept.
    public let degreesOfFreedom: Double
    /// How many numbers there were, those taken off included.
    public let count: Int
    /// How many were taken off at each end.
    public let trimmed: Int

    /// Takes the mean; `nil` with fewer than two numbers, one that is not finite, or fewer than two left.
    ///
    /// - Parameter trimmed: how many are taken off at each end.
    public init?(of numbers: [Double], trimmed: Int) {
        guard trimmed >= 0, numbers.count >= 2, numbers.count - 2 * min(trimmed, numbers.count) >= 2,
            numbers.allSatisfy(\.isFinite)
        else { return nil }
        let sorted = numbers.sorted()
        let kept = sorted[trimmed..<(sorted.count - trimmed)]
        let n = Double(sorted.count)
        let mean = kept.reduce(0, +) / Double(kept.count)
        let (low, high) = (sorted[trimmed], sorted[sorted.count - 1 - trimmed])
        let winsorised = sorted.map { min(max($0, low), high) }
        let middle = winsorised.reduce(0, +) / n
        let squares = winsorised.reduce(0) { $0 + ($1 - middle) * ($1 - middle) }
        let left = Double(kept.count)
        value = mean
        standardError = (squares / (left * (left - 1))).squareRoot()
        degreesOfFreedom = left - 1
        count = sorted.count
        self.trimmed = trimmed
    }
}
