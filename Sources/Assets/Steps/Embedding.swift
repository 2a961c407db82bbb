/// Sentence embeddings: pooling of token vectors, and comparison.
public enum Embedding {
    /// The mean of the token vectors that the attention mask keeps, as sentence-transformers takes it.
    ///
    /// - Parameters:
    ///   - tokens: [tokens, width] values.
    ///   - mask: one number a token; 0 leaves it out.
    /// - Throws: `AssetError` of code `unexpectedOutput` when the numbers of values do not fit.
    public static func meanPool(_ tokens: [Float], mask: [Int64], width: Int) throws(AssetError) -> [Float] {
        let (count, overflow) = mask.count.multipliedReportingOverflow(by: width)
        guard !overflow, width > 0, count == tokens.count else {
            throw AssetError(
                .unexpectedOutput, subject: "mean pooling",
                reason: "\(tokens.count) values are not \(mask.count) vectors of \(width)",
                remedy: "take the output that has one vector a token")
        }
        var sum = [Double](repeating: 0, count: width)
        var kept = 0.0
        for (token, weight) in mask.enumerated() where weight != 0 {
            kept += Double(weight)
            for index in 0..<width { sum[index] += Double(weight) * Double(tokens[token * width + index]) }
        }
        // The clamp of sentence-transformers: a text of no tokens gives zeros and not NaN.
        return sum.map { Float($0 / max(kept, 1e-9)) }
    }

    /// The vector divided by its Euclidean norm; zeros stay zeros.
    public static func normalized(_ vector: [Float]) -> [Float] {
        let norm = norm(vector)
        return vector.map { Float(Double($0) / max(norm, 1e-12)) }
    }

    /// The cosine of the angle between two vectors; 0 when one of them is zero; `nil` when their lengths differ.
    public static func cosine(_ left: [Float], _ right: [Float]) -> Double? {
        guard left.count == right.count else { return nil }
        let product = zip(left, right).reduce(0) { $0 + Double($1.0) * Double($1.1) }
        let scale = norm(left) * norm(right)
        return scale > 0 ? product / scale : 0
    }

    private static func norm(_ vector: [Float]) -> Double {
        vector.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
    }
}
