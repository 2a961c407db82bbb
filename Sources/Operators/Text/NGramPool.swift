import Graphs
import Tensors

/// The n-grams that are counted, with the coordinate of each.
struct NGramPool<Token: Hashable> {
    private var coordinates: [[Token]: Int] = [:]
    private let lengths: ClosedRange<Int>
    private let largestStep: Int
    /// The number of coordinates.
    let width: Int

    /// Cuts a pool into n-grams: 1-grams first, those of each length from its place in `ngram_counts` on.
    ///
    /// - Throws: `OperatorError` of code `attribute` where lengths, places and coordinates do not fit the pool.
    init(_ pool: [Token]?, _ attributes: Attributes) throws(OperatorError) {
        func refusal(_ reason: String) -> OperatorError {
            OperatorError(.attribute, subject: attributes.path, reason: reason)
        }
        guard let pool else { throw refusal("the pool of n-grams holds tokens of another type than the input") }
        let (least, most) = (try attributes.int("min_gram_length"), try attributes.int("max_gram_length"))
        let skips = try attributes.int("max_skip_count")
        guard least >= 1, least <= most, skips >= 0, skips < .max else {
            throw refusal("n-grams of \(least) to \(most) tokens with \(skips) skips cannot be counted")
        }
        (lengths, largestStep) = (least...most, skips + 1)
        let indices = try attributes.ints("ngram_indexes")
        let starts = try attributes.ints("ngram_counts") + [pool.count]
        guard indices.allSatisfy({ $0 >= 0 && $0 < 1 << 31 }) else { throw refusal("ngram_indexes are out of range") }
        width = indices.max().map { $0 + 1 } ?? 0
        _ = try Shape([width]).allocatableCount(attributes.path)
        var number = 0
        for (order, (start, end)) in zip(starts, starts.dropFirst()).enumerated() {
            let length = order + 1
            guard start >= 0, start <= end, end <= pool.count, (end - start) % length == 0 else {
                throw refusal("ngram_counts \(starts.dropLast()) do not cut a pool of \(pool.count) tokens")
            }
            for place in stride(from: start, to: end, by: length) {
                guard number < indices.count else { throw refusal("ngram_indexes has too few elements") }
                if lengths.contains(length) { coordinates[Array(pool[place..<place + length])] = indices[number] }
                number += 1
            }
        }
    }

    /// The counts of each row of tokens.
    ///
    /// - Throws: `OperatorError` of code `shape` where no memory holds them.
    func counts(_ tokens: [Token], rows: Int, length: Int, _ path: String) throws(OperatorError) -> [[Int]] {
        _ = try Shape([rows, max(width, 1)]).allocatableCount(path)
        return (0..<rows).map { row in counts(tokens[(row * length)..<(row + 1) * length]) }
    }

    private func counts(_ tokens: ArraySlice<Token>) -> [Int] {
        var result = [Int](repeating: 0, count: width)
        for step in 1...largestStep {
            // A single token has no distance, and no n-gram fits once two do not.
            if step > 1, step >= tokens.count { break }
            for start in tokens.indices {
                var gram: [Token] = []
                var place = start
                while gram.count < lengths.upperBound, place < tokens.endIndex {
                    gram.append(tokens[place])
                    place += step
                    guard lengths.contains(gram.count), step == 1 || gram.count > 1 else { continue }
                    if let coordinate = coordinates[gram] { result[coordinate] += 1 }
                }
            }
        }
        return result
    }
}
