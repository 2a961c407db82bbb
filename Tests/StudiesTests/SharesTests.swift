import Studies
import Tensors
import Testing

/// How a difference is shared out among ingredients, against closed forms.
@Suite struct SharesTests {
    /// Of a sum every summand gets its own back, whatever the number.
    @Test(arguments: [0, 1, 2, 4, 5, 9]) func aSumIsSharedOutExactly(count: Int) throws {
        let parts = (0..<count).map { Double($0 * $0) + 0.5 }
        let shares = try #require(
            Shares(of: count) { set in
                3 + parts.indices.reduce(0) { $0 + (set & (1 << UInt64($1)) != 0 ? parts[$1] : 0) }
            })
        for (share, part) in zip(shares.values, parts) { #expect(abs(share - part) < 1e-12) }
        #expect(shares.rest == 3 && abs(shares.together) < 1e-12)
    }

    /// The glove game: the owner of the only left glove gets 2/3, each of two right ones 1/6 (Shapley 1953).
    @Test func theGloveGame() throws {
        let shares = try #require(Shares(of: 3) { $0 & 1 != 0 && $0 & 6 != 0 ? 1 : 0 })
        let expected = [2.0 / 3, 1.0 / 6, 1.0 / 6]
        for (share, value) in zip(shares.values, expected) { #expect(abs(share - value) < 1e-12) }
    }

    /// Two faults of which either is enough share the blame alike, and one that changes nothing gets none.
    @Test func eitherIsEnough() throws {
        let shares = try #require(Shares(of: 3) { $0 & 3 != 0 ? 1 : 0 })
        #expect(abs(shares.values[0] - 0.5) < 1e-12 && abs(shares.values[1] - 0.5) < 1e-12)
        #expect(abs(shares.values[2]) < 1e-12)
    }

    /// Any game of few players is shared out whole.
    @Test(arguments: [1, 2, 3] as [UInt64]) func sharesAddUp(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        for count in 0...Shares.mostExact {
            let values = (0..<(1 << count)).map { _ in random.normal() }
            let shares = try #require(Shares(of: count) { values[Int($0)] })
            let sum = shares.rest + shares.values.reduce(0, +)
            #expect(abs(sum - shares.total) < 1e-9, "seed \(seed), \(count) ingredients")
        }
    }

    /// With many, what only several explain together is told apart: here all six are needed, so nobody alone explains it.
    @Test func manyAreSwappedFirstAndLast() throws {
        let sets = Shares.sets(of: 6)
        #expect(Set(sets).count == 14)
        let shares = try #require(
            Shares(of: 6) { set in
                #expect(sets.contains(set))
                return set == 63 ? 1 : 0
            })
        #expect(shares.values == [Double](repeating: 0.5, count: 6) && shares.together == -2)
        #expect(abs(shares.rest + shares.values.reduce(0, +) + shares.together - shares.total) < 1e-12)
    }

    @Test func aMissingValueGivesNoShares() {
        #expect(Shares(of: 2) { $0 == 2 ? nil : 1 } == nil)
        #expect(Shares(of: 2) { $0 == 2 ? .infinity : 1 } == nil)
    }
}
