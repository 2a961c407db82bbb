import Tensors
import Testing

@Suite struct SplitMix64Tests {
    /// The first outputs for seed 1234567, as the reference C program by Sebastiano Vigna prints them.
    @Test func equalsTheReferenceProgram() {
        var generator = SplitMix64(seed: 1_234_567)
        let first = (0..<5).map { _ in generator.next() }
        #expect(
            first == [
                6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
                4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
            ])
    }

    @Test func unitAndNormalHaveTheirMoments() {
        var generator = SplitMix64(seed: 7)
        let count = 100_000
        let units = (0..<count).map { _ in generator.unit() }
        let normals = (0..<count).map { _ in generator.normal() }
        let mean = { (values: [Double]) in values.reduce(0, +) / Double(values.count) }
        // Four standard errors on either side.
        #expect(abs(mean(units) - 0.5) < 4 * (1.0 / 12).squareRoot() / Double(count).squareRoot())
        #expect(abs(mean(normals)) < 4 / Double(count).squareRoot())
        #expect(abs(mean(normals.map { $0 * $0 }) - 1) < 4 * 2.0.squareRoot() / Double(count).squareRoot())
    }

    /// The numbers that the swaps of Fisher and Yates give from this seed, by hand.
    @Test func ordersStayTheSame() {
        var generator = SplitMix64(seed: 42)
        var reference = SplitMix64(seed: 42)
        var expected = Array(0..<9)
        for place in 0..<8 { expected.swapAt(place, reference.integer(in: place...8)) }
        #expect(generator.shuffled(Array(0..<9)) == expected)
        #expect(generator.next() == reference.next())
    }

    @Test func aDrawIsTheBeginningOfAnOrder() {
        for count in -1...10 {
            var (one, other) = (SplitMix64(seed: 3), SplitMix64(seed: 3))
            #expect(one.draw(count, of: Array(0..<9)) == Array(other.shuffled(Array(0..<9)).prefix(max(0, count))))
        }
        var generator = SplitMix64(seed: 1)
        #expect(generator.shuffled([Int]()).isEmpty)
    }

    /// Each of the six orders of three comes as often, within five standard deviations.
    @Test func everyOrderIsAsLikely() {
        var generator = SplitMix64(seed: 11)
        var counts: [[Int]: Int] = [:]
        for _ in 0..<6000 { counts[generator.shuffled([0, 1, 2]), default: 0] += 1 }
        #expect(counts.count == 6)
        #expect(counts.values.allSatisfy { abs($0 - 1000) < 145 }, "\(counts)")
    }
}
