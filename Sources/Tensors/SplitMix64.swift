import Foundation

/// The SplitMix64 generator (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014): every seeded
/// choice of the project is drawn from it, so that the same seed gives the same data on every machine.
public struct SplitMix64: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// Makes a generator.
    public init(seed: UInt64) { state = seed }

    /// The next 64 random bits.
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = state
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits >> 31)
    }

    /// A number in `[0, 1)` with 53 random bits.
    public mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// A number from a standard normal distribution (Box and Muller 1958).
    public mutating func normal() -> Double {
        let radius = (-2 * log(1 - unit())).squareRoot()
        return radius * cos(2 * .pi * unit())
    }

    /// An integer of a closed range, by one multiplication, so that it does not depend on the standard library's ways.
    public mutating func integer(in range: ClosedRange<Int>) -> Int {
        let span = UInt64(bitPattern: Int64(range.upperBound &- range.lowerBound)) &+ 1
        guard span != 0 else { return Int(truncatingIfNeeded: next()) }
        return range.lowerBound &+ Int(truncatingIfNeeded: next().multipliedFullWidth(by: span).high)
    }

    /// One element of a non-empty list.
    public mutating func element<Element>(of list: [Element]) -> Element { list[integer(in: 0...(list.count - 1))] }

    /// The elements in a random order, each order as likely as any other.
    public mutating func shuffled<Element>(_ elements: [Element]) -> [Element] { draw(elements.count, of: elements) }

    /// At most `count` of the elements without replacement, in the order drawn, each choice as likely as any other
    /// (Fisher and Yates 1938, in Durstenfeld's form).
    public mutating func draw<Element>(_ count: Int, of elements: [Element]) -> [Element] {
        var pool = elements
        for position in pool.indices.dropLast().prefix(max(0, count)) {
            pool.swapAt(position, integer(in: position...(pool.count - 1)))
        }
        return Array(pool.prefix(max(0, count)))
    }
}
