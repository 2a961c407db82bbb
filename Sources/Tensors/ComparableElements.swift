/// The elements of a tensor in the forms that a comparison needs; a complex number counts as two reals.
struct ComparableElements {
    /// The values, 64-bit integers rounded.
    let values: [Double]
    /// The integers, where the type is one.
    let integers: [Int64]?
    /// For floats, positions on the line of all values of the type, one step an ULP.
    let orders: [Int64]?
    /// Reals an element.
    let parts: Int

    init(_ tensor: Tensor) {
        let real = ComparableElements.reals(tensor)
        parts = tensor.elementType == .complex64 || tensor.elementType == .complex128 ? 2 : 1
        values = (try? real.doubles()) ?? []
        integers = real.elementType == .int64 || real.elementType == .uint64 ? ComparableElements.patterns(real) : nil
        orders = ComparableElements.orders(real)
    }

    /// |a−b|, exact for 64-bit integers whose doubles coincide.
    func difference(to other: ComparableElements, at index: Int) -> Double {
        let difference = (values[index] - other.values[index]).magnitude
        guard difference == 0, let a = integers?[index], let b = other.integers?[index], a != b else {
            return difference
        }
        return Double((a &- b).magnitude)
    }

    /// The distance in units in the last place.
    func ulps(to other: ComparableElements, at index: Int) -> UInt64? {
        guard let a = orders?[index], let b = other.orders?[index] else { return nil }
        return a > b ? UInt64(bitPattern: a &- b) : UInt64(bitPattern: b &- a)
    }

    private static func reals(_ tensor: Tensor) -> Tensor {
        let part: ElementType? =
            switch tensor.elementType {
            case .complex64: .float32
            case .complex128: .float64
            default: nil
            }
        guard let part, let bytes = tensor.bytes else { return tensor }
        return (try? Tensor(elementType: part, shape: [tensor.elementCount * 2], bytes: bytes)) ?? tensor
    }

    private static func patterns(_ tensor: Tensor) -> [Int64]? {
        guard let bytes = tensor.bytes else { return nil }
        return bytes.withUnsafeBytes { source in
            (0..<tensor.elementCount).map { source.loadUnaligned(fromByteOffset: $0 * 8, as: Int64.self) }
        }
    }

    /// Sign and magnitude as one signed number, so that neighbours of the type differ by one.
    private static func orders(_ tensor: Tensor) -> [Int64]? {
        guard let bytes = tensor.bytes, tensor.elementType.isFloatingPoint else { return nil }
        let width = tensor.elementType.bitWidth
        let count = tensor.elementCount
        return bytes.withUnsafeBytes { source -> [Int64] in
            switch width {
            case 64: patterns(tensor)?.map { $0 < 0 ? .min &- $0 : $0 } ?? []
            case 32:
                (0..<count).map { index in
                    let pattern = source.loadUnaligned(fromByteOffset: index * 4, as: Int32.self)
                    return pattern < 0 ? Int64(Int32.min) - Int64(pattern) : Int64(pattern)
                }
            case 16:
                (0..<count).map { index in
                    let pattern = source.loadUnaligned(fromByteOffset: index * 2, as: Int16.self)
                    return pattern < 0 ? Int64(Int16.min) - Int64(pattern) : Int64(pattern)
                }
            default:
                BitPacking.unpack(source, width: width, count: count).map { code in
                    guard tensor.elementType != .float8e8m0 else { return Int64(code) }
                    let sign = UInt8(1) << UInt8(width - 1)
                    return code & sign == 0 ? Int64(code) : -Int64(code & (sign - 1))
                }
            }
        }
    }
}
