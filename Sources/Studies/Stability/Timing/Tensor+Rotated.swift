package import Tensors

extension Tensor {
    /// The same elements in the same shape, all moved on by some places: other content of the same kind.
    ///
    /// Tokens stay in their vocabulary, and pixels in their range. Elements that share bytes stay where they are.
    package func rotated(by places: Int) -> Tensor {
        guard elementCount > 1 else { return self }
        let count = places % elementCount
        if let strings {
            return (try? Tensor(strings: Array(strings[count...] + strings[..<count]), shape: shape)) ?? self
        }
        guard let bytes, elementType.bitWidth.isMultiple(of: 8),
            let head = bytes.slice(0..<(count * elementType.bitWidth / 8)),
            let tail = bytes.slice((count * elementType.bitWidth / 8)..<bytes.count)
        else { return self }
        let moved = Bytes(concatenating: [tail, head])
        return (try? Tensor(elementType: elementType, shape: shape, bytes: moved)) ?? self
    }
}
