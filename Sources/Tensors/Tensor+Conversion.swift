extension Tensor {
    /// The same elements in another type, as ONNX Cast defines it (operator set 25).
    ///
    /// Reals are rounded to nearest, ties to even, in one step. To 8-bit floats they saturate unless asked otherwise; to
    /// f16 and bf16 what is too large becomes infinity. Integers keep their low bits; reals that become integers are
    /// truncated toward zero and clamped (the standard leaves that open); NaN becomes 0 where a type has none.
    ///
    /// - Parameters:
    ///   - saturating: whether values too large for an 8-bit float become its largest, instead of infinity or NaN.
    ///   - scaleRounding: the rounding to `f8e8m0`, whose sign is dropped.
    /// - Throws: `TensorError` for strings and complex numbers, and for types they cannot become.
    public func converted(
        to type: ElementType, saturating: Bool = true, scaleRounding: ScaleRounding = .up
    ) throws(TensorError) -> Tensor {
        guard type != elementType else { return self }
        let bytes: Bytes
        switch type {
        case .float32: bytes = Bytes(copyingElements: try floats())
        case .float64: bytes = Bytes(copyingElements: try doubles())
        case .bool: bytes = Bytes(copying: try doubles().map { $0 == 0 ? UInt8(0) : 1 })
        case .float16, .bfloat16, .float8e4m3fn, .float8e4m3fnuz, .float8e5m2, .float8e5m2fnuz, .float8e8m0,
            .float6e2m3, .float6e3m2, .float4e2m1:
            bytes = try smallFloats(type, saturating: saturating, scaleRounding: scaleRounding)
        case .int8, .int16, .int32, .int64, .uint8, .uint16, .uint32, .uint64, .int4, .uint4, .int2, .uint2:
            bytes = try integers(type)
        case .string, .complex64, .complex128:
            throw TensorError(
                .typeMismatch, subject: "tensor \(elementType.name)[\(shape)]", reason: "it cannot become \(type.name)")
        }
        return try Tensor(elementType: type, shape: shape, bytes: bytes)
    }

    private func smallFloats(
        _ type: ElementType, saturating: Bool, scaleRounding: ScaleRounding
    ) throws(TensorError) -> Bytes {
        // Odd rounding of 64-bit integers keeps the second rounding correct.
        let values = try numbers(
            float: { Double($0) }, double: { $0 }, signed: { Double(roundingToOdd: $0.magnitude, negative: $0 < 0) },
            unsigned: { Double(roundingToOdd: $0, negative: false) })
        guard let format = SmallFloat(type) else {
            return Bytes(copying: values.map { scaleRounding.encode($0, saturating: saturating) })
        }
        if type.bitWidth == 16 { return Bytes(copyingElements: values.map { format.encode($0, saturating: false) }) }
        let codes = values.map { UInt8(truncatingIfNeeded: format.encode($0, saturating: saturating)) }
        return Bytes(copying: BitPacking.pack(codes, width: type.bitWidth))
    }

    private func integers(_ type: ElementType) throws(TensorError) -> Bytes {
        let isSigned =
            switch type {
            case .int8, .int16, .int32, .int64, .int4, .int2: true
            default: false
            }
        let width = type.bitWidth
        let low: Double = isSigned ? -Double(sign: .plus, exponent: width - 1, significand: 1) : 0
        let high = Double(sign: .plus, exponent: isSigned ? width - 1 : width, significand: 1)
        let largest = UInt64.max >> UInt64(64 - width + (isSigned ? 1 : 0))
        let clamp = { (value: Double) -> UInt64 in
            if value.isNaN { return 0 }
            if value >= high { return largest }
            if value <= low { return UInt64(bitPattern: Int64(low)) }
            return isSigned || value < 0 ? UInt64(bitPattern: Int64(value)) : UInt64(value)
        }
        let values = try numbers(
            float: { clamp(Double($0)) }, double: clamp, signed: { UInt64(bitPattern: $0) }, unsigned: { $0 })
        switch width {
        case 64: return Bytes(copyingElements: values)
        case 32: return Bytes(copyingElements: values.map(UInt32.init(truncatingIfNeeded:)))
        case 16: return Bytes(copyingElements: values.map(UInt16.init(truncatingIfNeeded:)))
        default: return Bytes(copying: BitPacking.pack(values.map(UInt8.init(truncatingIfNeeded:)), width: width))
        }
    }
}

extension Double {
    /// A magnitude cut to 53 bits with the last bit set where anything was cut off, so that rounding again is correct.
    init(roundingToOdd magnitude: UInt64, negative: Bool) {
        let excess = UInt64(max(0, 64 - magnitude.leadingZeroBitCount - 53))
        let kept = magnitude >> excess
        let lost = kept << excess != magnitude
        let value = Double((lost ? kept | 1 : kept) << excess)
        self = negative ? -value : value
    }
}
