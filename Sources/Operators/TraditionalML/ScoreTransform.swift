import Foundation

/// What is done to the scores of a row at last.
struct ScoreTransform {
    private enum Kind: Int {
        case none, softmax, logistic, softmaxZero, probit
    }

    private let kind: Kind

    init(_ attributes: Attributes) throws(OperatorError) {
        let number = try attributes.int("post_transform")
        guard let kind = Kind(rawValue: number) else {
            throw OperatorError(
                .attribute, subject: attributes.path, reason: "post_transform is \(number)", remedy: "use 0 to 4")
        }
        self.kind = kind
    }

    func apply(_ scores: [Double]) -> [Double] {
        switch kind {
        case .none: scores
        case .softmax: Self.softmax(scores) { _ in true }
        case .logistic: scores.map { 1 / (1 + exp(-$0)) }
        // Scores of zero stay zero.
        case .softmaxZero: Self.softmax(scores) { abs($0) > 1e-7 }
        case .probit: scores.map(Self.probit)
        }
    }

    private static func softmax(_ scores: [Double], where counts: (Double) -> Bool) -> [Double] {
        let largest = scores.max() ?? 0
        let powers = scores.map { counts($0) ? exp($0 - largest) : $0 * exp(-largest) }
        let sum = powers.reduce(0, +)
        return powers.map { $0 / sum }
    }

    /// The number below which the standard normal distribution has a given share, by bisection.
    private static func probit(_ share: Double) -> Double {
        guard share > 0, share < 1 else { return share == 0 ? -.infinity : share == 1 ? .infinity : .nan }
        func below(_ x: Double) -> Double { 0.5 * erfc(-x / 2.0.squareRoot()) }
        var (low, high) = (-40.0, 40.0)
        for _ in 0..<60 {
            let middle = (low + high) / 2
            if below(middle) < share { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }
}
