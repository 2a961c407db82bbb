import Tensors

extension SplitMix64 {
    /// The numbers below a count in a random order, each order as likely (Fisher and Yates).
    mutating func permutation(of count: Int) -> [Int] {
        var order = Array(0..<count)
        for place in order.indices.dropLast() { order.swapAt(place, integer(in: place...(count - 1))) }
        return order
    }
}
