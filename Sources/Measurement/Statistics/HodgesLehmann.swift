/// The median of the means of all pairs of numbers, each with itself included (Hodges and Lehmann 1963, "Estimates of
/// location based on rank tests").
///
/// Almost as precise as the mean where numbers are normal, and not moved far while fewer than 29 of 100 are wrong.
public enum HodgesLehmann {
    /// The estimate; `nil` without numbers or with one that is not finite.
    ///
    /// It takes time and memory that grow with the square of the count.
    public static func estimate(of numbers: [Double]) -> Double? {
        guard !numbers.isEmpty, numbers.allSatisfy(\.isFinite) else { return nil }
        var means: [Double] = []
        means.reserveCapacity(numbers.count * (numbers.count + 1) / 2)
        for first in numbers.indices {
            for second in first..<numbers.count { means.append((numbers[first] + numbers[second]) / 2) }
        }
        return Selection.median(of: means)
    }
}
