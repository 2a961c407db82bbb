extension StationarityCertificate {
    /// Judges fresh processes of one contender, each by itself and all as they follow one another.
    ///
    /// The level that a process draws at its start, by its layout in memory above all, is no disturbance; what changes
    /// within a process is, and so is what changes from one to the next as the processor does, or with time.
    ///
    /// - Parameters:
    ///   - processes: the turns of each process, one stretch a process, in the order of time.
    ///   - tolerance: the least share of the time, and the least change of the level, that counts.
    public init(processes: [MeasuredStretch], tolerance: Double = 0.02) {
        let lives = processes.filter { !$0.samples.isEmpty }
        let each = lives.map { StationarityCertificate([$0], tolerance: tolerance) }
        let blocks = lives.map { MeasuredBlock.blocks(of: $0, from: 0) }
        let usage = BlockUsage(blocks.flatMap(\.self))
        let pace = ProcessPace(blocks, processors: lives.map(\.processors))
        findings = [usage.waitingFinding(tolerance / 2), usage.stolenFinding(tolerance / 2)].compactMap(\.self)
        let weights = lives.map { $0.samples.reduce(0.0) { $0 + Double($1) } }
        for finding in Self.joined(each, weights, tolerance) + [pace.finding(tolerance)].compactMap(\.self) {
            Self.add(finding, to: &findings)
        }
        findings.sort { $0.share > $1.share }
        samples = each.reduce(0) { $0 + $1.samples }
        let independent = each.compactMap(\.effectiveSamples)
        effectiveSamples = independent.isEmpty ? nil : independent.reduce(0, +)
        levelChanges = each.reduce(0) { $0 + $1.levelChanges }
        drift = pace.trend.flatMap { $0.isCertain && abs($0.change) >= tolerance ? $0.slope : nil }
        waiting = usage.waitingShare
        others = usage.others
        lowestFrequency = each.compactMap(\.lowestFrequency).min()
        highestFrequency = each.compactMap(\.highestFrequency).max()
        self.tolerance = tolerance
        isConclusive = blocks.reduce(0) { $0 + $1.count } >= ChangePoints.fewestSamples
    }

    /// What was found in single processes, as shares of the time of all of them.
    private static func joined(
        _ each: [StationarityCertificate], _ weights: [Double], _ tolerance: Double
    ) -> [Finding] {
        let total = weights.reduce(0, +)
        guard total > 0 else { return [] }
        return Cause.allCases.compactMap { cause in
            let found = zip(each, weights).compactMap { certificate, weight in
                certificate.findings.first { $0.cause == cause }.map { (finding: $0, weight: weight) }
            }
            let share = found.reduce(0) { $0 + $1.finding.share * $1.weight } / total
            guard share >= (cause.isOfTheStart ? SlowStart.leastShare : tolerance / 2),
                let largest = found.max(by: { $0.finding.share < $1.finding.share })
            else { return nil }
            let place = each.count > 1 ? "in \(found.count) of \(each.count) processes, at most: " : ""
            return Finding(cause: cause, share: share, evidence: place + largest.finding.evidence)
        }
    }
}

extension StationarityCertificate.Cause {
    /// Whether it concerns the first runs alone.
    fileprivate var isOfTheStart: Bool { self == .firstAllocation || self == .coldStart }
}
