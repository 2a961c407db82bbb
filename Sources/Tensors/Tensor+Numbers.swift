extension Tensor {
    /// The elements as 32-bit floats, correctly rounded; `bool` as 0 and 1.
    ///
    /// - Throws: `TensorError` for strings and complex numbers.
    public func floats() throws(TensorError) -> [Float] {
        try numbers(float: { $0 }, double: { Float($0) }, signed: { Float($0) }, unsigned: { Float($0) })
    }

    /// The elements as 64-bit floats: exact for all types but 64-bit integers, which are rounded.
    ///
    /// - Throws: `TensorError` for strings and complex numbers.
    public func doubles() throws(TensorError) -> [Double] {
        try numbers(float: { Double($0) }, double: { $0 }, signed: { Double($0) }, unsigned: { Double($0) })
    }

    /// The elements as 64-bit integers: reals are truncated toward zero and what does not fit is clamped, NaN is 0.
    ///
    /// - Throws: `TensorError` for strings and complex numbers.
    public func int64s() throws(TensorError) -> [Int64] {
        try numbers(
            float: { Int64(truncatingAndClamping: Double($0)) }, double: { Int64(truncatingAndClamping: $0) },
            signed: { $0 }, unsigned: { Int64(clamping: $0) })
    }

    /// Widens each element to the kind of number that holds it and maps that.
    @inline(__always)
    func numbers<Result>(
        float: (Float) -> Result, double: (Double) -> Result, signed: (Int64) -> Result, unsigned: (UInt64) -> Result
    ) throws(TensorError) -> [Result] {
        guard case .bytes(let bytes) = storage else { throw noNumbers() }
        let count = elementCount
        let type = elementType
        let result: [Result]? = bytes.withUnsafeBytes { source in
            switch type {
            case .float32: source.mapElements(of: Float.self, count, float)
            case .float64: source.mapElements(of: Double.self, count, double)
            case .int8: source.mapElements(of: Int8.self, count) { signed(Int64($0)) }
            case .int16: source.mapElements(of: Int16.self, count) { signed(Int64($0)) }
            case .int32: source.mapElements(of: Int32.self, count) { signed(Int64($0)) }
            case .int64: source.mapElements(of: Int64.self, count) { signed($0) }
            case .uint8: source.mapElements(of: UInt8.self, count) { unsigned(UInt64($0)) }
            case .uint16: source.mapElements(of: UInt16.self, count) { unsigned(UInt64($0)) }
            case .uint32: source.mapElements(of: UInt32.self, count) { unsigned(UInt64($0)) }
            case .uint64: source.mapElements(of: UInt64.self, count) { unsigned($0) }
            case .bool: source.mapElements(of: UInt8.self, count) { unsigned($0 == 0 ? 0 : 1) }
            case .bfloat16:
                source.mapElements(of: UInt16.self, count) { float(Float(bitPattern: UInt32($0) << 16)) }
            case .float16: source.mapElements(of: UInt16.self, count) { float(Float(halfBits: $0)) }
            case .uint4, .uint2:
                BitPacking.unpack(source, width: type.bitWidth, count: count).map { unsigned(UInt64($0)) }
            case .int4, .int2:
                BitPacking.unpack(source, width: type.bitWidth, count: count).map { code in
                    signed(Int64(Int8(bitPattern: code << UInt8(8 - type.bitWidth)) >> Int8(8 - type.bitWidth)))
                }
            case .float8e4m3fn, .float8e4m3fnuz, .float8e5m2, .float8e5m2fnuz, .float8e8m0, .float6e2m3, .float6e3m2,
                .float4e2m1:
                SmallFloat.table(type).map { table in
                    BitPacking.unpack(source, width: type.bitWidth, count: count).map { double(table[Int($0)]) }
                }
            case .string, .complex64, .complex128: nil
            }
        }
        guard let result else { throw noNumbers() }
        return result
    }

    func noNumbers() -> TensorError {
        TensorError(
            .typeMismatch, subject: "tensor \(elementType.name)[\(shape)]", reason: "its elements are no real numbers")
    }
}

extension UnsafeRawBufferPointer {
    /// Maps packed elements at any alignment.
    @inline(__always)
    fileprivate func mapElements<Element: BitwiseCopyable, Result>(
        of type: Element.Type, _ count: Int, _ transform: (Element) -> Result
    ) -> [Result] {
        [Result](unsafeUninitializedCapacity: count) { results, initialized in
            for index in 0..<count {
                let element = loadUnaligned(fromByteOffset: index * MemoryLayout<Element>.stride, as: type)
                (results.baseAddress.unsafelyUnwrapped + index).initialize(to: transform(element))
            }
            initialized = count
        }
    }
}

extension Float {
    /// The value of an IEEE 754 half-precision bit pattern.
    init(halfBits bits: UInt16) {
        let sign = UInt32(bits & 0x8000) << 16
        let magnitude = UInt32(bits & 0x7FFF)
        if magnitude >= 0x7C00 {
            self.init(bitPattern: sign | 0x7F80_0000 | (magnitude & 0x3FF) << 13)
        } else if magnitude >= 0x400 {
            self.init(bitPattern: sign | (magnitude << 13 + 112 << 23))
        } else {
            let value = Float(magnitude) * 0x1p-24
            self = sign == 0 ? value : -value
        }
    }
}

extension Int64 {
    /// The integer part of a number, the nearest end of the range where it does not fit, and 0 for NaN.
    init(truncatingAndClamping value: Double) {
        if value.isNaN {
            self = 0
        } else if value >= 0x1p63 {
            self = .max
        } else if value < -0x1p63 {
            self = .min
        } else {
            self.init(value)
        }
    }
}
