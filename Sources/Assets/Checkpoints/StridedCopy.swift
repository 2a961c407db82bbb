import Tensors

/// Copies a strided view of elements into row-major order.
enum StridedCopy {
    /// Copies; every element the view reaches must lie within the bytes, which the caller has checked.
    ///
    /// - Parameters:
    ///   - source: the elements.
    ///   - width: bytes an element takes.
    ///   - offset: the element at which the view begins.
    ///   - shape: the extents of the view.
    ///   - strides: elements between neighbours along each dimension.
    static func rowMajor(_ source: Bytes, width: Int, offset: Int = 0, shape: Shape, strides: [Int]) -> Bytes {
        let count = shape.elementCount
        var result: [UInt8] = []
        result.reserveCapacity(count * width)
        source.withByteSpan { span in
            var index = [Int](repeating: 0, count: shape.count)
            var element = offset
            for _ in 0..<count {
                let start = element &* width
                for byte in 0..<width { result.append(span[start &+ byte]) }
                // The next position, innermost dimension first.
                for axis in stride(from: shape.count - 1, through: 0, by: -1) {
                    index[axis] += 1
                    element += strides[axis]
                    if index[axis] < shape[axis] { break }
                    element -= strides[axis] * shape[axis]
                    index[axis] = 0
                }
            }
        }
        return Bytes(copying: result)
    }
}
