import Foundation
import Tensors

/// Random elements for random graphs.
enum RandomTensors {
    /// Elements on a grid of eighths, a sixteenth off, so that rounding functions are never near a jump; small integers
    /// for other types.
    static func grid(_ type: ElementType, _ shape: Shape, _ random: inout SplitMix64) -> Tensor? {
        let count = shape.elementCount
        guard count <= RandomGraphBuilder.largestCount else { return nil }
        switch type {
        case .bool:
            return try? Tensor((0..<count).map { _ in random.integer(in: 0...1) == 1 }, shape: shape)
        case let type where type.isInteger:
            let low = type.isSignedInteger ? -4 : 0
            let values = (0..<count).map { _ in Int64(random.integer(in: low...7)) }
            return try? Tensor(values, shape: shape).converted(to: type)
        default:
            let values = (0..<count).map { _ in Double(random.integer(in: -16...16)) / 8 + 0.0625 }
            return try? Tensor(values, shape: shape).converted(to: type)
        }
    }

    /// Small weights.
    static func weights(_ shape: Shape, _ random: inout SplitMix64) -> Tensor? {
        let count = shape.elementCount
        guard count <= RandomGraphBuilder.largestCount else { return nil }
        return try? Tensor((0..<count).map { _ in Float(random.unit() * 1.2 - 0.6) }, shape: shape)
    }

    /// True where all elements are finite and none is large.
    static func isModest(_ tensor: Tensor) -> Bool {
        guard tensor.elementType.isFloatingPoint, let values = try? tensor.doubles() else { return true }
        return values.allSatisfy { $0.isFinite && abs($0) <= RandomGraphBuilder.largestMagnitude }
    }

    /// The smallest and the largest element.
    static func range(_ tensor: Tensor) -> (low: Double, high: Double)? {
        guard let values = try? tensor.doubles(), let low = values.min(), let high = values.max() else { return nil }
        return (low, high)
    }
}

extension ElementType {
    /// True for integers with a sign.
    fileprivate var isSignedInteger: Bool { [.int8, .int16, .int32, .int64, .int4, .int2].contains(self) }
}
