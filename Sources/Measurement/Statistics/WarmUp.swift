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

extension WarmUp {
    /// The first run of the settled part of a series, by the changes of its level; `nil` when it has not settled.
    ///
    /// Of the segments between two changes the one that holds most of the second half is the settled one. Warm-up ends with
    /// the first segment whose median is that of the settled one but for `tolerance`, so that a disturbance later on does not
    /// make it longer (after Barrett et al. 2017, "Virtual machine warmup blows hot and cold"). What comes before may have
    /// been slower or faster. First runs too few for a change, such as one that allocates, are passed over as long as they
    /// are slower than 99 of 100 settled ones.
    /// - Returns: `nil` also when warm-up took more than half of the series, or with fewer than 16 runs.
    public static func end(of samples: [Int64], tolerance: Double = 0.01) -> Int? {
        guard samples.count >= ChangePoints.fewestSamples else { return nil }
        let half = samples.count / 2
        let segments = ChangePoints(in: samples).segments
        let later = half..<samples.count
        guard let settled = segments.max(by: { $0.clamped(to: later).count < $1.clamped(to: later).count }),
            let level = Selection.median(of: Array(samples[settled])),
            let first = segments.first(where: { segment in
                Selection.median(of: Array(samples[segment])).map { abs($0 - level) <= tolerance * level } ?? false
            }), first.lowerBound <= half
        else { return nil }
        var selection = Selection(samples[settled].map(Double.init))
        let limit = selection.element(rank: min(settled.count - 1, settled.count * 99 / 100))
        return first.lowerBound + samples[first].prefix { Double($0) > limit }.count
    }
}
