import Tensors

/// The order in which stacks take their turns: drawn anew each round, the same for the same seed.
package struct SeededTurns {
    private var random: SplitMix64

    /// Starts from a seed.
    package init(seed: Int) { random = SplitMix64(seed: UInt64(truncatingIfNeeded: seed)) }

    /// The order of the next round, every order as likely as any other.
    package mutating func next<Element>(_ elements: [Element]) -> [Element] { random.shuffled(elements) }

    /// Any group of processors, for those that live together.
    package mutating func group() -> Int { random.integer(in: 0...Int(Int32.max)) }
}
