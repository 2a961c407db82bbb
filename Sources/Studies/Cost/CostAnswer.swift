import Foundation

/// The COST of a system: the least configuration that beats a competent single thread (McSherry, Isard and Murray 2015,
/// "Scalability! But at what COST?", HotOS XV).
///
/// Of measured ratios only intervals are known, so the answer is an interval too: from the least size for which a ratio above
/// 1 cannot be excluded to the least for which it is certain.
public struct CostAnswer: Sendable, Hashable {
    /// The least size whose ratio is above 1 as measured; `nil` where none is.
    public let value: Int?
    /// The least size whose ratio may be above 1; `nil` where that of every one is certainly not.
    public let possible: Int?
    /// The least size whose ratio is certainly above 1; `nil` where none is.
    public let certain: Int?
    /// The largest size there was.
    public let largest: Int
    /// Where the curve reaches 1 between two sizes, both scales logarithmic; `nil` where it does not.
    public let crossing: Double?

    /// Answers from configurations in any order, of one size or several; `nil` without any.
    public init?(_ points: [CostPoint]) {
        guard let largest = points.map(\.size).max() else { return nil }
        self.largest = largest
        value = points.filter { $0.ratio > 1 }.map(\.size).min()
        possible = points.filter { $0.upper > 1 }.map(\.size).min()
        certain = points.filter { $0.lower > 1 }.map(\.size).min()
        crossing = Self.crossing(points)
    }

    /// How the answer stands.
    public enum State: String, Sendable, Hashable {
        /// One size is the least for certain.
        case exact
        /// The least size lies between two of those there were.
        case range
        /// Some size may be enough, and none is certain to be.
        case undecided
        /// No size there was is enough.
        case unbounded
    }

    /// How the answer stands.
    public var state: State {
        switch (possible, certain) {
        case (nil, _): .unbounded
        case (_, nil): .undecided
        case (let possible, let certain): possible == certain ? .exact : .range
        }
    }

    /// The answer in words.
    ///
    /// - Parameter unit: what sizes count, in the plural: `threads`.
    public func text(_ unit: String) -> String {
        func sized(_ size: Int) -> String {
            size == 1 && unit.hasSuffix("s") ? "1 " + unit.dropLast() : "\(size) \(unit)"
        }
        return switch (possible, certain) {
        case (nil, _): "unbounded up to \(sized(largest))"
        case (let possible?, nil):
            "cannot tell: \(sized(possible)) at least, and unbounded up to \(largest) is not excluded"
        case (let possible?, let certain?) where possible == certain: sized(certain)
        case (let possible?, let certain?): "\(possible) to \(sized(certain))"
        }
    }

    /// The best of each size, in order; the first two neighbours that lie on both sides of 1 are joined.
    private static func crossing(_ points: [CostPoint]) -> Double? {
        let best = Dictionary(points.map { ($0.size, $0.ratio) }, uniquingKeysWith: max).sorted { $0.key < $1.key }
        for (low, high) in zip(best, best.dropFirst()) where low.value <= 1 && high.value > 1 {
            guard low.key > 0, low.value > 0, high.value < .infinity else { return nil }
            let share = -log(low.value) / (log(high.value) - log(low.value))
            return exp(log(Double(low.key)) + share * (log(Double(high.key)) - log(Double(low.key))))
        }
        return nil
    }
}
