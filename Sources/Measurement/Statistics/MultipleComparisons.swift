/// Adjusted p-values of a family of tests, in the order of the tests.
///
/// A test is significant at a level when its adjusted p-value is at most the level. What is not a number counts as 1: the
/// test belongs to the family all the same.
public enum MultipleComparisons {
    /// Controls the chance of any false discovery, whatever the tests have to do with each other (Holm 1979, "A simple
    /// sequentially rejective multiple test procedure").
    public static func holm(_ pValues: [Double]) -> [Double] {
        let values = pValues.map(probability)
        var adjusted = values
        var largest = 0.0
        for (rank, index) in ascending(values).enumerated() {
            largest = max(largest, min(1, values[index] * Double(values.count - rank)))
            adjusted[index] = largest
        }
        return adjusted
    }

    /// Controls the expected share of false discoveries among the discoveries, for tests that are independent or depend on
    /// each other positively (Benjamini and Hochberg 1995, "Controlling the false discovery rate").
    public static func benjaminiHochberg(_ pValues: [Double]) -> [Double] {
        let values = pValues.map(probability)
        var adjusted = values
        var smallest = 1.0
        for (rank, index) in ascending(values).enumerated().reversed() {
            smallest = min(smallest, values[index] * Double(values.count) / Double(rank + 1))
            adjusted[index] = smallest
        }
        return adjusted
    }

    private static func probability(_ value: Double) -> Double { value.isNaN ? 1 : min(max(value, 0), 1) }

    private static func ascending(_ values: [Double]) -> [Int] {
        values.indices.sorted { values[$0] < values[$1] }
    }
}
