public import Records

/// The search for the highest rate at which a percentile of the response time keeps a bound: doubled or halved until the
/// answer changes, then narrowed by halves of the logarithm.
///
/// It asks for one rate after the other and is told what was decided there. A rate that stays undecided is taken for too
/// high without counting as one that failed, so the interval that is left is honest about it.
public struct RateSearch: Sendable {
    /// One rate with its decision.
    public struct Trial: Sendable, Hashable, Codable {
        /// Queries a second.
        public let rate: Double
        /// What was decided.
        public let decision: BoundDecision
    }

    /// The rates that were tried, in order.
    public private(set) var trials: [Trial] = []
    /// The share by which the two ends may differ at the end.
    public let precision: Double
    private let first: Double
    private let mostTrials: Int

    /// Starts a search.
    ///
    /// - Parameters:
    ///   - rate: the first rate to try, above 0.
    ///   - precision: the share by which the ends of the interval may differ in the end: 0.05.
    ///   - mostTrials: after how many rates to stop whatever is left open.
    public init(from rate: Double, precision: Double = 0.05, mostTrials: Int = 24) {
        first = rate > 0 && rate.isFinite ? rate : 1
        self.precision = max(precision, 1e-4)
        self.mostTrials = max(mostTrials, 1)
    }

    /// The highest rate that held; `nil` where none did.
    public var highestHeld: Double? {
        trials.filter { $0.decision == .holds && $0.rate < (ceiling ?? .infinity) }.map(\.rate).max()
    }

    /// The lowest rate that failed; `nil` where none did.
    public var lowestFailed: Double? { trials.filter { $0.decision == .fails }.map(\.rate).min() }

    /// True where every rate that was tried failed for certain.
    public var isHopeless: Bool { !trials.isEmpty && trials.allSatisfy { $0.decision == .fails } }

    /// The lowest rate that did not hold, undecided ones too.
    private var ceiling: Double? { trials.filter { $0.decision != .holds }.map(\.rate).min() }

    /// The rate to try next; `nil` when the search is over.
    public var next: Double? {
        guard trials.count < mostTrials else { return nil }
        switch (highestHeld, ceiling) {
        case (nil, nil): return first
        case (let held?, nil): return held * 2 < 1e12 ? held * 2 : nil
        case (nil, let ceiling?): return ceiling / 2 > first * 1e-9 ? ceiling / 2 : nil
        case (let held?, let ceiling?):
            return ceiling / held > 1 + precision ? (held * ceiling).squareRoot() : nil
        }
    }

    /// Takes what was decided at a rate.
    public mutating func record(_ rate: Double, _ decision: BoundDecision) {
        trials.append(Trial(rate: rate, decision: decision))
    }

    /// From the highest rate that held to the lowest that failed; `nil` where either is missing.
    public var interval: Interval? {
        guard let held = highestHeld, let failed = lowestFailed else { return nil }
        return Interval(lower: held, upper: failed, level: 0.99, method: "early-stopping")
    }
}
