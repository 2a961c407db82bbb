import Foundation

/// The softmax function.
public enum Softmax {
    /// exp(x − max) ÷ Σ exp(x − max), in double precision.
    public static func apply(_ scores: [Float]) -> [Float] {
        guard let greatest = scores.max() else { return [] }
        let powers = scores.map { exp(Double($0) - Double(greatest)) }
        let sum = powers.reduce(0, +)
        return powers.map { Float($0 / sum) }
    }
}
