/// How much of a difference each of several ingredients explains.
///
/// The value of a set is what is seen when the ingredients in it are as they are here and all others as recorded. With at most
/// four ingredients all sets are looked at, and an ingredient's share is its Shapley value (Shapley 1953, "A value for n-person
/// games"): what it adds, averaged over all orders in which the ingredients could be swapped; the shares add up to the whole.
/// With more, each is swapped first and swapped last, and the mean of both is its share; what is then left over came from
/// several ingredients together.
package struct Shares: Sendable, Hashable {
    /// What each ingredient explains, in their order.
    package let values: [Double]
    /// What several explain only together; 0 where all sets were looked at.
    package let together: Double
    /// What is seen with everything as it was recorded: no swap explains it.
    package let rest: Double
    /// What is seen with everything as it is here.
    package let total: Double

    /// The most ingredients for which all sets are looked at.
    package static let mostExact = 4

    /// The most ingredients of which any shares can be had: a set is a mask of 64 bits.
    package static let most = 60

    /// The names that a set holds.
    package static func chosen(_ set: UInt64, of names: [String]) -> Set<String> {
        Set(names.indices.filter { set & (1 << UInt64($0)) != 0 }.map { names[$0] })
    }

    /// The sets whose values are needed, each as a mask of bits: bit i stands for ingredient i as it is here.
    package static func sets(of count: Int) -> [UInt64] {
        guard count > mostExact else { return Array(0..<(1 << UInt64(count))) }
        let all = (UInt64(1) << UInt64(count)) - 1
        let singles = (0..<UInt64(count)).map { UInt64(1) << $0 }
        return [0] + singles + singles.map { all & ~$0 } + [all]
    }

    /// Computes shares; `nil` where a value that is needed is missing or not finite.
    package init?(of count: Int, value: (UInt64) -> Double?) {
        guard (0...Self.most).contains(count) else { return nil }
        var known: [UInt64: Double] = [:]
        for set in Self.sets(of: count) {
            guard let number = value(set), number.isFinite else { return nil }
            known[set] = number
        }
        let all = (UInt64(1) << UInt64(count)) - 1
        let (none, whole) = (known[0] ?? 0, known[all] ?? 0)
        rest = none
        total = whole
        values = (0..<count).map { index in
            let bit = UInt64(1) << UInt64(index)
            return count > Self.mostExact
                ? ((known[bit] ?? 0) - none + whole - (known[all & ~bit] ?? 0)) / 2
                : Self.shapley(bit, of: count, known)
        }
        together = count > Self.mostExact ? whole - none - values.reduce(0, +) : 0
    }

    private static func shapley(_ bit: UInt64, of count: Int, _ known: [UInt64: Double]) -> Double {
        known.reduce(0) { sum, entry in
            guard entry.key & bit == 0 else { return sum }
            let size = entry.key.nonzeroBitCount
            return sum + weight(size, of: count) * ((known[entry.key | bit] ?? 0) - entry.value)
        }
    }

    /// |S|! (n − |S| − 1)! / n!: the share of orders in which exactly the ingredients of S come before.
    private static func weight(_ size: Int, of count: Int) -> Double {
        let factorial = { (number: Int) in (0..<number).reduce(1.0) { $0 * Double($1 + 1) } }
        return factorial(size) * factorial(count - size - 1) / factorial(count)
    }
}
