import Records

/// What disturbed contenders that took turns, whom it touched, and whether it could have made the answer.
///
/// What takes as much of one side's time as of the other's cancels in their ratio. What takes more of one's may be a part of
/// the difference, and the whole of it at worst: an answer is trusted when it is the same with and without.
public struct ContestCertificate: Sendable, Hashable, Codable {
    /// One contender.
    public struct Side: Sendable, Hashable, Codable {
        /// What tables call it.
        public var title: String
        /// What disturbed its turns.
        public var certificate: StationarityCertificate
    }

    /// One cause, wherever it was found.
    public struct Disturbance: Sendable, Hashable, Codable {
        /// What it was.
        public var cause: StationarityCertificate.Cause
        /// The places of the sides that it touched.
        public var sides: [Int]
        /// The share of the time that it took of the side which it touched most.
        public var share: Double
        /// What shows it there.
        public var evidence: String
    }

    /// Whether an answer may be trusted.
    public enum Trust: String, Sendable, Hashable, Codable, CaseIterable {
        /// Nothing disturbed the two sides.
        case quiet
        /// Something did, and without all that it took the answer would be the same.
        case stands
        /// What it took of one side more than of the other may be the answer.
        case doubtful
        /// There were too few turns to tell.
        case unknown
    }

    /// The contenders, in their order.
    public var sides: [Side]

    /// Judges contenders by what was read around their turns; `nil` where nothing was read.
    ///
    /// - Parameters:
    ///   - titles: what tables call them.
    ///   - processes: for each of them the turns of each process, one stretch a process, in the order of time.
    public init?(_ titles: [String], _ processes: [[MeasuredStretch]]) {
        guard processes.contains(where: { $0.contains { !$0.readings.isEmpty } }) else { return nil }
        sides = zip(titles, processes).map { Side(title: $0, certificate: StationarityCertificate(processes: $1)) }
    }

    /// The disturbances, the largest first.
    public var disturbances: [Disturbance] {
        StationarityCertificate.Cause.allCases.compactMap { cause in
            let found = sides.enumerated().compactMap { place, side in
                side.certificate.findings.first { $0.cause == cause }.map { (place: place, finding: $0) }
            }
            guard let largest = found.max(by: { $0.finding.share < $1.finding.share })?.finding else { return nil }
            return Disturbance(
                cause: cause, sides: found.map(\.place), share: largest.share, evidence: largest.evidence)
        }.sorted { $0.share > $1.share }
    }

    /// Whether nothing disturbed any side.
    public var isQuiet: Bool { sides.allSatisfy(\.certificate.isStationary) }

    /// Whether the answer on one side against another would be the same without what the disturbances took.
    ///
    /// - Parameters:
    ///   - verdict: the answer on times: above 1 the side takes longer.
    ///   - countsSingleRuns: whether few long runs move the statistic, as they do a mean and not a median.
    public func trust(
        in verdict: ComparisonVerdict, on side: Int, against other: Int, countsSingleRuns: Bool
    ) -> Trust {
        guard sides.indices.contains(side), sides.indices.contains(other) else { return .unknown }
        let pair = [sides[side].certificate, sides[other].certificate]
        guard pair.contains(where: { !$0.findings.isEmpty }) else {
            return pair.allSatisfy(\.isConclusive) ? .quiet : .unknown
        }
        let left = pair.map { 1 - $0.lostShare(countsSingleRuns: countsSingleRuns) }
        let undisturbed = left[0] / left[1]
        guard var interval = verdict.interval else { return .stands }
        interval.lower *= min(undisturbed, 1)
        interval.upper *= max(undisturbed, 1)
        let whole = ComparisonVerdict(
            ratio: verdict.ratio, interval: interval, rounds: verdict.rounds, margin: verdict.margin,
            degreesOfFreedom: 0)
        return whole.outcome.name == verdict.outcome.name ? .stands : .doubtful
    }

    /// One sentence.
    public var statement: String {
        let found = disturbances
        guard !found.isEmpty else {
            return isQuiet
                ? "The machine was quiet: nothing disturbed the turns."
                : "There were too few turns to tell whether the machine was quiet."
        }
        let words = found.map { disturbance in
            let touched =
                disturbance.sides.count == sides.count
                ? "all sides"
                : disturbance.sides.map { sides[$0].title }.joined(separator: " and ") + " alone"
            return "\(disturbance.cause.words) (\(Evidence.percent(disturbance.share)) of the time) touched \(touched)"
        }
        return "The machine was not quiet: " + words.joined(separator: "; ") + "."
    }
}

extension StationarityCertificate {
    /// The share of the time that the disturbances took, nearly all of it at most.
    ///
    /// - Parameter countsSingleRuns: whether those count that touch few runs only.
    fileprivate func lostShare(countsSingleRuns: Bool) -> Double {
        let counted = findings.filter { countsSingleRuns || !$0.cause.touchesSingleRuns }
        // Waiting that was too little to be named counts beside waiting that was named on the other side.
        let unnamed = findings.contains { $0.cause == .anotherProcess } ? 0 : waiting ?? 0
        return min(counted.reduce(unnamed) { $0 + max($1.share, 0) }, 0.95)
    }
}

extension StationarityCertificate.Cause {
    /// Whether it makes few runs long and leaves the others as they are.
    fileprivate var touchesSingleRuns: Bool {
        switch self {
        case .pauses, .coldStart, .firstAllocation: true
        case .anotherProcess, .hypervisor, .slowerProcessor, .slowerDevice, .slowerEngine, .drift: false
        }
    }
}

extension ContestCertificate.Trust {
    /// What it is called in tables.
    public var words: String {
        switch self {
        case .quiet: "quiet machine"
        case .stands: "same without what disturbed it"
        case .doubtful: "no: it may be what disturbed one side"
        case .unknown: "too few turns to tell"
        }
    }
}
