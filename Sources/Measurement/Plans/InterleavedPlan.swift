import Tensors

/// The order in which several sessions are measured: in each round every one takes its turn, in an order drawn anew.
///
/// What disturbs the machine then disturbs all alike, and no session always runs behind the same other.
public struct InterleavedPlan: Sendable, Hashable, Sequence {
    /// For each round the sessions, as indices from 0, in the order of their turns.
    public let rounds: [[Int]]

    /// Draws the orders from a seed (Fisher and Yates 1938).
    public init(sessions: Int, rounds: Int, seed: UInt64) {
        var random = SplitMix64(seed: seed)
        self.rounds = (0..<Swift.max(rounds, 0)).map { _ in
            var order = Array(0..<Swift.max(sessions, 0))
            for position in order.indices.dropLast() {
                order.swapAt(position, random.integer(in: position...(order.count - 1)))
            }
            return order
        }
    }

    /// Goes through the rounds.
    public func makeIterator() -> IndexingIterator<[[Int]]> { rounds.makeIterator() }
}
