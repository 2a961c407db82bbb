/// How counts of n-grams become numbers.
struct NGramWeighting {
    private enum Mode: String {
        /// The count.
        case frequency = "TF"
        /// The weight of what occurs at all.
        case occurrence = "IDF"
        /// The count times the weight.
        case weightedFrequency = "TFIDF"
    }

    private let mode: Mode
    private let weights: [Float]

    init(_ attributes: Attributes, width: Int) throws(OperatorError) {
        let name = try attributes.string("mode")
        guard let mode = Mode(rawValue: name) else {
            throw OperatorError(
                .attribute, subject: attributes.path, reason: "mode is '\(name)'", remedy: "use TF, IDF or TFIDF")
        }
        self.mode = mode
        var weights = [Float](repeating: 1, count: width)
        if let given = try attributes.optionalFloats("weights") {
            let indices = try attributes.ints("ngram_indexes")
            guard given.count == indices.count else {
                throw OperatorError(
                    .attribute, subject: attributes.path,
                    reason: "there are \(given.count) weights for \(indices.count) n-grams")
            }
            for (index, weight) in zip(indices, given) { weights[index] = weight }
        }
        self.weights = weights
    }

    func weigh(_ counts: [Int]) -> [Float] {
        switch mode {
        case .frequency: counts.map(Float.init)
        case .occurrence: zip(counts, weights).map { $0 > 0 ? $1 : 0 }
        case .weightedFrequency: zip(counts, weights).map { Float($0) * $1 }
        }
    }
}
