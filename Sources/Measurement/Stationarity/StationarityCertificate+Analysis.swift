extension StationarityCertificate {
    /// Judges run times with what was read between their blocks.
    ///
    /// - Parameters:
    ///   - stretches: runs that followed each other without a break, in the order of time; rounds of one stack, say.
    ///   - tolerance: the least share of the time, and the least change of the level, that counts.
    public init(_ stretches: [MeasuredStretch], tolerance: Double = 0.02) {
        var blocks: [MeasuredBlock] = []
        for stretch in stretches where !stretch.samples.isEmpty {
            blocks += MeasuredBlock.blocks(of: stretch, from: blocks.last.map { $0.begin + $0.elapsed } ?? 0)
        }
        let samples = blocks.flatMap(\.samples)
        let usage = BlockUsage(blocks)
        let start = SlowStart(blocks)
        let levels = LevelSeries(blocks, leaving: start.count)
        let changes = LevelChanges(levels, blocks, tolerance: tolerance)
        let trend = changes.isGradual || changes.slowShare == 0 ? TrendTest(levels) : nil
        var findings = [start.finding(usage), usage.waitingFinding(tolerance / 2), usage.stolenFinding(tolerance / 2)]
            .compactMap(\.self)
        if let finding = changes.finding(trend: trend) { Self.add(finding, to: &findings) }
        if let finding = Self.pauses(samples.dropFirst(start.count), explained: usage.waitingShare ?? 0, tolerance) {
            Self.add(finding, to: &findings)
        }
        self.findings = findings.sorted { $0.share > $1.share }
        self.samples = samples.count
        effectiveSamples = EffectiveSampleSize(of: samples).map { min($0.value, Double(samples.count)) }
        levelChanges = changes.count
        drift = trend.flatMap { $0.isCertain && abs($0.change) >= tolerance ? $0.slope : nil }
        waiting = usage.waitingShare
        others = usage.others
        let rates = blocks.map(\.stepRate).filter { $0 > 0 }
        (lowestFrequency, highestFrequency) = (rates.min(), rates.max())
        self.tolerance = tolerance
        isConclusive = levels.points.count >= ChangePoints.fewestSamples
    }

    /// Adds a finding, or makes that of the same cause larger.
    static func add(_ finding: Finding, to findings: inout [Finding]) {
        guard let index = findings.firstIndex(where: { $0.cause == finding.cause }) else {
            findings.append(finding)
            return
        }
        if finding.share > findings[index].share { findings[index] = finding }
    }

    /// Single runs of more than three times the median, as far as waiting for a processor does not explain them.
    private static func pauses(
        _ samples: ArraySlice<Int64>, explained: Double, _ tolerance: Double
    ) -> Finding? {
        guard samples.count >= ChangePoints.fewestSamples, let median = Selection.median(of: Array(samples)), median > 0
        else { return nil }
        let paused = samples.filter { Double($0) > 3 * median }
        // What is slow so often is a level of its own.
        guard paused.count * 5 < samples.count, let longest = paused.max() else { return nil }
        let total = samples.reduce(0.0) { $0 + Double($1) }
        let share = paused.reduce(0.0) { $0 + Double($1) - median } / total - explained
        guard share >= tolerance / 2 else { return nil }
        return Finding(
            cause: .pauses, share: share,
            evidence: "\(paused.count) runs took more than three times the median, up to \(Evidence.time(longest))")
    }
}
