/// Several ratios, each against 1, of which none may be called different by chance too often.
///
/// Holm's procedure (1979, "A simple sequentially rejective multiple test procedure") tests the surest of m at the
/// significance over m, the next at that over m − 1, until one is not rejected. The level at which a ratio is tested is
/// that of its interval here: it leaves 1 out exactly where the procedure calls the ratio different.
public enum ComparisonFamily {
    /// The confidence levels of the ratios' intervals, in their order.
    ///
    /// - Parameters:
    ///   - ratios: the family; `nil` for one that could not be had, which counts all the same.
    ///   - level: the confidence that no ratio of 1 is called different.
    public static func levels(of ratios: [RatioEstimate?], level: Double) -> [Double] {
        let values = ratios.map { $0?.pValue ?? 1 }
        let order = values.indices.sorted { values[$0] < values[$1] }
        var levels = [Double](repeating: level, count: values.count)
        var share = 1.0
        var isRejecting = true
        for (rank, index) in order.enumerated() {
            if isRejecting { share = (1 - level) / Double(values.count - rank) }
            if values[index] > share { isRejecting = false }
            levels[index] = 1 - share
        }
        return levels
    }
}
