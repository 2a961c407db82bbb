import Tensors

/// Brings numpy's array content to row-major little-endian order; content that is so already stays a slice of the file.
enum NumpyLayout {
    static func tensor(
        _ bytes: Bytes, type: NumpyType, shape: [Int], isFortran: Bool, subject: String
    ) throws(AssetError) -> Tensor {
        let width = type.elementType.bitWidth / 8
        let shape = Shape(shape)
        guard let count = shape.checkedElementCount, let size = type.elementType.byteCount(of: count),
            size == bytes.count
        else {
            throw AssetError(
                .malformed, subject: subject,
                reason: "an array \(type.elementType.name)[\(shape)] with \(bytes.count) bytes")
        }
        var content = bytes
        if isFortran, shape.count > 1 {
            content = StridedCopy.rowMajor(content, width: width, shape: shape, strides: columnMajorStrides(shape))
        }
        // Complex numbers are pairs, each half with the byte order of its own.
        let unit = type.elementType == .complex64 || type.elementType == .complex128 ? width / 2 : width
        if type.isBigEndian, unit > 1 { content = reversingUnits(content, width: unit) }
        do {
            return try Tensor(elementType: type.elementType, shape: shape, bytes: content)
        } catch {
            throw AssetError(.malformed, subject: subject, reason: error.reason)
        }
    }

    private static func columnMajorStrides(_ shape: Shape) -> [Int] {
        var strides: [Int] = []
        var stride = 1
        for extent in shape {
            strides.append(stride)
            stride *= extent
        }
        return strides
    }

    private static func reversingUnits(_ bytes: Bytes, width: Int) -> Bytes {
        var result = bytes.array
        for start in stride(from: 0, to: result.count, by: width) { result[start..<(start + width)].reverse() }
        return Bytes(copying: result)
    }
}
