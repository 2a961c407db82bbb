/// The classes with the greatest scores.
public enum TopK {
    /// A class and its score.
    public struct Entry: Sendable, Hashable {
        /// The number of the class.
        public let index: Int
        /// The name of the class; `nil` where none is known.
        public let label: String?
        /// The score, as the model gave it.
        public let score: Float
    }

    /// The `count` greatest scores, greatest first; equal ones in the order of their classes, NaN last.
    public static func select(_ scores: [Float], count: Int, labels: [String] = []) -> [Entry] {
        let order = scores.indices.sorted { left, right in
            let (a, b) = (scores[left], scores[right])
            if a.isNaN || b.isNaN { return a.isNaN == b.isNaN ? left < right : b.isNaN }
            return a == b ? left < right : a > b
        }
        return order.prefix(max(0, count)).map {
            Entry(index: $0, label: labels.indices.contains($0) ? labels[$0] : nil, score: scores[$0])
        }
    }

    /// The class with the greatest score; the first of equal ones; `nil` when there is none that is a number.
    public static func argmax(_ scores: [Float]) -> Int? {
        var best: Int?
        for (index, score) in scores.enumerated() where !score.isNaN {
            if best.map({ score > scores[$0] }) ?? true { best = index }
        }
        return best
    }
}
