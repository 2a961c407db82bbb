import Engines
public import Measurement
public import Records

/// What a comparison found.
public struct CompareFindings: Sendable {
    /// One side.
    public struct Side: Sendable {
        /// What tables call it.
        public let title: String
        /// The model's name.
        public let model: String
        /// The stack's title, without what tells sides of one stack apart.
        public let stack: String
        /// Run times in nanoseconds: fresh process or session, round, run.
        public var processes: [[[Int64]]] = []
        /// How the warm-up of each process went; empty where records are compared.
        public var warmups: [WarmUpReport] = []
        /// What became of its workers.
        public var outcome: Outcome.State = .completed
        /// The end of what the failed one wrote to standard error.
        public var log = ""
        /// Its statistics, where they could be had.
        public var figures: [ComparedStatistic: Quantity] = [:]

        /// Makes a side of which nothing is known.
        public init(title: String, model: String, stack: String) {
            self.title = title
            self.model = model
            self.stack = stack
        }
    }

    /// One side against another by one statistic.
    public struct Comparison: Sendable {
        /// What is compared.
        public let statistic: ComparedStatistic
        /// The place of the side.
        public let side: Int
        /// The place of the side that it is compared with.
        public let against: Int
        /// The statistic's ratio, above 1 where the side has more of it; `nil` where it could not be had.
        public let ratio: Quantity?
        /// The answer; faster means better, also where more is better.
        public let verdict: ComparisonVerdict?
        /// The ratio's logarithm, one number for each pair of processes.
        public let logarithms: [Double]
        /// Why there is no ratio.
        public let obstacle: String
        /// The degrees of freedom of the ratio's interval; 0 where more of the same would not narrow it.
        let degreesOfFreedom: Double
    }

    /// The sides.
    public var sides: [Side]
    /// The comparisons, by statistic.
    public var comparisons: [Comparison] = []
    /// What disturbed the turns of the sides; `nil` where nothing was read, as of records.
    public var certificate: ContestCertificate?
    /// The gates with what was found.
    public var gates: [GateResult] = []
    /// What the reader should know.
    public var notes: [String] = []
    /// True when it was interrupted.
    public var isPartial = false

    /// Whether an answer may be trusted; `nil` where nothing is known of what disturbed it.
    public func trust(in comparison: Comparison) -> ContestCertificate.Trust? {
        guard let certificate, let verdict = comparison.verdict, comparison.statistic.isOfRuns else { return nil }
        return certificate.trust(
            in: verdict, on: comparison.side, against: comparison.against,
            countsSingleRuns: comparison.statistic != .median)
    }

    /// The worst state of the gates: fails before unknown before holds; `nil` without gates.
    public var gateState: Verdict.State? { gates.map(\.state).worst }
}

extension CompareFindings.Comparison {
    /// The answer in words: `slower`, `same within 2 %`, `cannot tell: needs about 12 more processes`.
    public var answer: String {
        guard let verdict else { return "cannot tell: \(obstacle)" }
        let isTime = statistic != .peakMemory
        switch verdict.outcome {
        case .faster: return isTime ? "faster" : "smaller"
        case .slower: return isTime ? "slower" : "larger"
        case .same: return "same within \(Self.percent(verdict.margin))"
        case .undecided(let further?): return "cannot tell: \(FurtherEvidence.processes(further).words)"
        case .undecided(nil): return "cannot tell" + (obstacle.isEmpty ? "" : ": \(obstacle)")
        }
    }

    /// The answer as the state of the statement that the side is not worse.
    public var state: Verdict.State {
        switch verdict?.outcome {
        case .faster, .same: .holds
        case .slower: .fails
        case .undecided, nil: .unknown
        }
    }

    static func percent(_ share: Double) -> String {
        MetricUnit.percent.format(share * 100).replacing(".00", with: "").replacing(".0 ", with: " ")
    }
}
