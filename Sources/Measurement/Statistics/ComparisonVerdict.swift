import Foundation
public import Records

/// What a measured ratio of run times says: faster, slower, the same within a margin, or nothing yet.
///
/// With an interval of 95 %, two things that are equal are called different at most once in twenty, and two that differ by
/// the margin are called the same at most once in forty (two one-sided tests: Schuirmann 1987, "A comparison of the two
/// one-sided tests procedure and the power approach"). A difference that is certain and within the margin is called the same.
public struct ComparisonVerdict: Sendable, Hashable {
    /// The answer.
    public enum Outcome: Sendable, Hashable {
        /// The numerator takes less time: the interval lies below 1, and not within the margin.
        case faster
        /// The numerator takes more time: the interval lies above 1, and not within the margin.
        case slower
        /// The interval lies within the margin.
        case same
        /// The interval holds 1 and reaches beyond the margin; about so many rounds more would tell, `nil` where nothing is
        /// known of that.
        case undecided(furtherRounds: Int?)

        /// The answer in one word: `faster`, `slower`, `same` or `undecided`.
        public var name: String {
            switch self {
            case .faster: "faster"
            case .slower: "slower"
            case .same: "same"
            case .undecided: "undecided"
            }
        }
    }

    /// The answer.
    public let outcome: Outcome
    /// The ratio: above 1 the numerator takes longer.
    public let ratio: Double
    /// The interval of the ratio; `nil` where there is none.
    public let interval: Interval?
    /// How many rounds, or other independent units, the interval comes from.
    public let rounds: Int
    /// The margin as a share: 0.02 for ratios between 1 / 1.02 and 1.02.
    public let margin: Double

    /// The chance with which the number of further rounds leads to an answer, if the ratio is what it seems to be.
    package static let power = 0.8

    /// Judges a ratio whose interval is Student's for its logarithm.
    ///
    /// - Parameter degreesOfFreedom: those of the interval, one less than the rounds unless given.
    public init(ratio: Double, interval: Interval?, rounds: Int, margin: Double, degreesOfFreedom: Double? = nil) {
        self.ratio = ratio
        self.interval = interval
        self.rounds = rounds
        self.margin = margin
        let bound = 1 + max(0, margin)
        if let interval, interval.lower >= 1 / bound, interval.upper <= bound {
            outcome = .same
        } else if let interval, interval.upper < 1 {
            outcome = .faster
        } else if let interval, interval.lower > 1 {
            outcome = .slower
        } else {
            let needed = interval.flatMap {
                Self.roundsNeeded(
                    ratio: ratio, interval: $0, rounds: rounds, bound: bound,
                    freedom: degreesOfFreedom ?? Double(rounds - 1))
            }
            outcome = .undecided(furtherRounds: needed.map { max(1, $0 - rounds) })
        }
    }

    /// Judges a ratio of two stacks that took turns.
    public init(_ ratio: RatioOfMedians, margin: Double) {
        self.init(ratio: ratio.value, interval: ratio.interval, rounds: ratio.count, margin: margin)
    }

    /// Judges a ratio from several processes on each side; a round is then one process more on both.
    public init(_ ratio: HierarchicalBootstrap, margin: Double) {
        self.init(
            ratio: ratio.value, interval: ratio.interval, rounds: ratio.count, margin: margin,
            degreesOfFreedom: ratio.degreesOfFreedom)
    }

    /// The number of rounds at which the interval keeps clear of 1, or within the margin, whichever is sooner.
    ///
    /// With n rounds the interval reaches t s / √n to either side and its middle strays by z s / √n. Together they may be at
    /// most the distance from 1, or from the middle to the margin; there it may stray to both sides, which takes half of the
    /// chance of failing each (Chow, Shao and Wang 2008, "Sample size calculations in clinical research", chapter 3).
    private static func roundsNeeded(
        ratio: Double, interval: Interval, rounds: Int, bound: Double, freedom: Double
    ) -> Int? {
        guard rounds > 1, freedom > 0, ratio > 0, interval.lower > 0, interval.upper < .infinity else { return nil }
        let offset = abs(log(ratio))
        let room = log(bound) - offset
        guard max(offset, room) > 0 else { return nil }
        let reach = (log(interval.upper) - log(interval.lower)) / 2
        let quantile = 0.5 + interval.level / 2
        let error = reach / Distributions.inverseStudent(quantile, degreesOfFreedom: freedom)
        let deviation = error * Double(rounds).squareRoot()
        let (oneSided, twoSided) = (Distributions.inverseNormal(power), Distributions.inverseNormal((1 + power) / 2))
        func isEnough(_ count: Int) -> Bool {
            let grown = freedom * Double(count - 1) / Double(rounds - 1)
            let t = Distributions.inverseStudent(quantile, degreesOfFreedom: grown)
            let unit = deviation / Double(count).squareRoot()
            return (t + oneSided) * unit <= offset || (t + twoSided) * unit <= room
        }
        var (low, high) = (1, rounds)
        while !isEnough(high) {
            guard high < 1 << 40 else { return nil }
            (low, high) = (high, 2 * high)
        }
        while high - low > 1 {
            let middle = low + (high - low) / 2
            if isEnough(middle) { high = middle } else { low = middle }
        }
        return high
    }
}
