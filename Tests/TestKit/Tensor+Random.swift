public import Tensors

extension Tensor {
    /// A tensor of seeded random elements: reals uniform in `range`, integers in the part of it their type has, strings of
    /// up to eight letters.
    public static func random(
        _ type: ElementType, _ shape: Shape, using generator: inout SplitMix64, in range: ClosedRange<Double> = -4...4
    ) throws -> Tensor {
        let count = shape.elementCount
        switch type {
        case .string:
            let strings = (0..<count).map { _ in
                String(
                    (0..<generator.integer(in: 0...8)).map { _ in "abcdefgh é漢".randomElement(using: &generator) ?? "a"
                    })
            }
            return try Tensor(strings: strings, shape: shape)
        case .complex64:
            let parts = (0..<count * 2).map { _ in Float(generator.number(in: range)) }
            return try Tensor(elementType: type, shape: shape, bytes: Bytes(copyingElements: parts))
        case .complex128:
            let parts = (0..<count * 2).map { _ in generator.number(in: range) }
            return try Tensor(elementType: type, shape: shape, bytes: Bytes(copyingElements: parts))
        case .bool:
            return try Tensor((0..<count).map { _ in generator.next() & 1 == 0 }, shape: shape)
        default:
            let values = (0..<count).map { _ in generator.number(in: range) }
            return try Tensor(type.isInteger ? values.map { $0.rounded() } : values, shape: shape).converted(to: type)
        }
    }
}

extension SplitMix64 {
    /// A number uniform in a range.
    public mutating func number(in range: ClosedRange<Double>) -> Double {
        range.lowerBound + unit() * (range.upperBound - range.lowerBound)
    }
}
