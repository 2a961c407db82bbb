/// Finds where a series of run times has settled.
public enum WarmUp {
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
