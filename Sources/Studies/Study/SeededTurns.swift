import Tensors

/// The order in which stacks take their turns: drawn anew each round, the same for the same seed.
package struct SeededTurns {
    private var random: SplitMix64

    /// Starts from a seed.
    package init(seed: Int) { random = SplitMix64(seed: UInt64(truncatingIfNeeded: seed)) }

    /// The order of the next round, every order as likely as any other (Fisher and Yates 1938, in Durstenfeld's form).
    package mutating func next<Element>(_ elements: [Element]) -> [Element] {
        var order = elements
        for position in order.indices.dropLast() {
            order.swapAt(position, random.integer(in: position...(order.count - 1)))
        }
        return order
    }
}
