import Tensors

/// Elements that a `TensorProto` holds as varints instead of raw bytes.
enum TypedData {
    /// The field of `TensorProto` in which elements of a type may stand.
    static func field(of type: ElementType) -> Int {
        switch type {
        case .float32, .complex64: 4
        case .float64, .complex128: 10
        case .int64: 7
        case .uint64, .uint32: 11
        case .string: 6
        default: 5
        }
    }

    /// Packs varints as the elements lie in memory; `nil` when their number or a value does not fit.
    static func bytes(_ values: [UInt64], as type: ElementType, count: Int) -> Bytes? {
        guard values.count == entries(of: count, as: type) else { return nil }
        switch type {
        case .int64, .uint64: return Bytes(copyingElements: values)
        case .uint32: return Bytes(copyingElements: values.map(UInt32.init(truncatingIfNeeded:)))
        case .int32: return Bytes(copyingElements: values.map(Int32.init(truncatingIfNeeded:)))
        case .float6e2m3, .float6e3m2: return sixBit(values)
        default: break
        }
        let width = max(8, type.bitWidth)
        let range = -(Int64(1) << Int64(width - 1))..<(Int64(1) << Int64(width))
        guard values.allSatisfy({ range.contains(Int64(bitPattern: $0)) }) else { return nil }
        if width == 16 { return Bytes(copyingElements: values.map(UInt16.init(truncatingIfNeeded:))) }
        return Bytes(copyingElements: values.map(UInt8.init(truncatingIfNeeded:)))
    }

    /// How many varints `count` elements take: pairs of 4-bit and quadruples of 2-bit elements share one.
    private static func entries(of count: Int, as type: ElementType) -> Int {
        switch type.bitWidth {
        case 4: count / 2 + count % 2
        case 2: count / 4 + (count % 4 + 3) / 4
        default: count
        }
    }

    /// Six-bit elements, one a varint, into a stream whose low bits come first.
    private static func sixBit(_ values: [UInt64]) -> Bytes? {
        var packed = [UInt8](repeating: 0, count: (values.count * 6 + 7) / 8)
        for (index, value) in values.enumerated() {
            guard value < 64 else { return nil }
            let bit = index * 6
            let word = UInt16(value) << UInt16(bit % 8)
            packed[bit / 8] |= UInt8(truncatingIfNeeded: word)
            if word > 255 { packed[bit / 8 + 1] |= UInt8(word >> 8) }
        }
        return Bytes(copying: packed)
    }
}
