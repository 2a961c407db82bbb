/// Finds where a series of run times has settled.
public enum WarmUp {
    /// The number of runs at the beginning that are slower than those of the second half.
    ///
    /// The series is cut into windows; leading windows are dropped while their median lies above the 95th percentile of the
    /// window medians of the second half. On a series that has settled from the start a window is dropped with a chance of
    /// about 5 %. At most half of the series is dropped: 0 for fewer than eight windows, which tell nothing.
    public static func count(in samples: [Int64], window: Int = 5) -> Int {
        guard window > 0, samples.count >= 8 * window else { return 0 }
        let windows = samples.count / window
        let medians = (0..<windows).map { index in
            var selection = Selection(samples[(index * window)..<((index + 1) * window)].map(Double.init))
            return selection.element(rank: window / 2)
        }
        let settled = Array(medians[(windows / 2)...])
        var selection = Selection(settled)
        let limit = selection.element(rank: min(settled.count - 1, settled.count * 95 / 100))
        let dropped = medians[..<(windows / 2)].prefix { $0 > limit }.count
        return dropped * window
    }
}
