import Studies
import Testing

/// Stacks take their turns in an order that the seed decides and that favours none.
@Suite struct SeededTurnsTests {
    private func rounds(seed: Int, _ count: Int) -> [[Int]] {
        var turns = SeededTurns(seed: seed)
        return (0..<count).map { _ in turns.next([0, 1, 2]) }
    }

    @Test func oneSeedGivesOneOrder() {
        #expect(rounds(seed: 5, 50) == rounds(seed: 5, 50))
        #expect(rounds(seed: 5, 50) != rounds(seed: 6, 50))
    }

    @Test func everyRoundHoldsEveryStackOnce() {
        #expect(rounds(seed: 1, 100).allSatisfy { $0.sorted() == [0, 1, 2] })
    }

    /// Over 6000 rounds each of the six orders is expected 1000 times; five standard deviations are 144.
    @Test func allOrdersAreEquallyLikely() {
        let counts = Dictionary(grouping: rounds(seed: 3, 6000)) { $0 }.mapValues(\.count)
        #expect(counts.count == 6)
        #expect(counts.values.allSatisfy { abs($0 - 1000) < 145 }, "\(counts)")
    }
}
