import Foundation
import Studies
import TestKit
import Testing

/// The COST of curves whose crossing is known in closed form.
@Suite struct CostAnswerTests {
    /// A system that is `slower` times slower than the single thread on one core, and of whose work the share `serial` does
    /// not scale (Amdahl 1967).
    private func amdahl(slower: Double, serial: Double, sizes: [Int], margin: Double = 0) -> CostAnswer? {
        CostAnswer(
            sizes.map { size in
                let ratio = 1 / (slower * (serial + (1 - serial) / Double(size)))
                return CostPoint(size: size, ratio: ratio, lower: ratio / (1 + margin), upper: ratio * (1 + margin))
            })
    }

    /// ratio > 1 ⇔ size > (1 − serial) / (1 / slower − serial).
    @Test(arguments: [(3.0, 0.0), (3.0, 0.1), (10.0, 0.02), (1.2, 0.5), (40.0, 0.01), (100.0, 0.005)])
    func crossesWhereAmdahlSays(slower: Double, serial: Double) throws {
        let crossing = (1 - serial) / (1 / slower - serial)
        let answer = try #require(amdahl(slower: slower, serial: serial, sizes: Array(1...1000)))
        let least = Int(crossing.rounded(.down)) + 1
        #expect(answer.value == least && answer.certain == least && answer.possible == least)
        #expect(answer.state == .exact && answer.text("cores") == "\(least) cores")
        // Between two whole sizes the curve is not quite a straight line.
        let found = try #require(answer.crossing)
        #expect(abs(found - crossing) < 0.04 * crossing, "\(found) for \(crossing)")
    }

    /// Only powers of two are tried: the least of them, and a crossing between them.
    ///
    /// Without a serial share the curve is a
    /// straight line in logarithms, so the crossing is exact.
    @Test(arguments: [16, 10, 100, 512]) func crossesBetweenSizes(slower: Int) throws {
        let sizes = (0...10).map { 1 << $0 }
        let answer = try #require(amdahl(slower: Double(slower), serial: 0, sizes: sizes.shuffled()))
        #expect(answer.certain == sizes.first { $0 > slower })
        #expect(abs((answer.crossing ?? 0) - Double(slower)) < 1e-9 * Double(slower))
    }

    @Test func whatDoesNotScaleIsUnbounded() throws {
        // A third of the work is serial and it is four times slower: no number of cores helps.
        let answer = try #require(amdahl(slower: 4, serial: 1.0 / 3, sizes: [1, 2, 4, 1 << 20]))
        #expect(answer.state == .unbounded && answer.crossing == nil && answer.certain == nil)
        #expect(answer.text("cores") == "unbounded up to 1048576 cores")
    }

    @Test func intervalsMakeARange() throws {
        // Twice as slow, without a serial share: ratios 0.5, 1, 1.5, 2 with 20 % to either side.
        let range = try #require(amdahl(slower: 2, serial: 0, sizes: [1, 2, 3, 4], margin: 0.2))
        #expect(range.possible == 2 && range.value == 3 && range.certain == 3 && range.state == .range)
        #expect(range.text("threads") == "2 to 3 threads")
        let open = try #require(amdahl(slower: 2, serial: 0, sizes: [1, 2], margin: 0.2))
        #expect(open.state == .undecided && open.certain == nil && open.possible == 2)
        #expect(open.text("threads").hasPrefix("cannot tell: 2 threads at least"))
    }

    @Test func theBestOfOneSizeCounts() throws {
        let points = [CostPoint(size: 2, ratio: 0.9), CostPoint(size: 2, ratio: 1.1), CostPoint(size: 1, ratio: 0.6)]
        let answer = try #require(CostAnswer(points))
        #expect(answer.certain == 2)
        #expect(try #require(answer.crossing) < 2)
        #expect(CostAnswer([]) == nil)
        #expect(CostAnswer([CostPoint(size: 1, ratio: 1)])?.state == .unbounded)
        #expect(CostAnswer([CostPoint(size: 1, ratio: 1.5)])?.text("threads") == "1 thread")
    }
}
