/// The type of one element of a tensor; raw values are the codes of `TensorProto.DataType` in the ONNX standard.
public enum ElementType: Int32, Sendable, Hashable, Codable, CaseIterable {
    case float32 = 1
    case uint8 = 2
    case int8 = 3
    case uint16 = 4
    case int16 = 5
    case int32 = 6
    case int64 = 7
    case string = 8
    case bool = 9
    case float16 = 10
    case float64 = 11
    case uint32 = 12
    case uint64 = 13
    case complex64 = 14
    case complex128 = 15
    case bfloat16 = 16
    case float8e4m3fn = 17
    case float8e4m3fnuz = 18
    case float8e5m2 = 19
    case float8e5m2fnuz = 20
    case uint4 = 21
    case int4 = 22
    case float4e2m1 = 23
    case float8e8m0 = 24
    case uint2 = 25
    case int2 = 26
    case float6e2m3 = 27
    case float6e3m2 = 28

    /// Bits one element takes in memory; 0 for strings, whose elements have no fixed size.
    public var bitWidth: Int {
        switch self {
        case .string: 0
        case .uint2, .int2: 2
        case .uint4, .int4, .float4e2m1: 4
        case .float6e2m3, .float6e3m2: 6
        case .uint8, .int8, .bool, .float8e4m3fn, .float8e4m3fnuz, .float8e5m2, .float8e5m2fnuz, .float8e8m0: 8
        case .uint16, .int16, .float16, .bfloat16: 16
        case .float32, .int32, .uint32: 32
        case .int64, .uint64, .float64, .complex64: 64
        case .complex128: 128
        }
    }

    /// The name in the canonical text form, in messages and in specs: `f32`, `i64`, `bool`.
    public var name: String {
        switch self {
        case .float32: "f32"
        case .uint8: "u8"
        case .int8: "i8"
        case .uint16: "u16"
        case .int16: "i16"
        case .int32: "i32"
        case .int64: "i64"
        case .string: "string"
        case .bool: "bool"
        case .float16: "f16"
        case .float64: "f64"
        case .uint32: "u32"
        case .uint64: "u64"
        case .complex64: "c64"
        case .complex128: "c128"
        case .bfloat16: "bf16"
        case .float8e4m3fn: "f8e4m3fn"
        case .float8e4m3fnuz: "f8e4m3fnuz"
        case .float8e5m2: "f8e5m2"
        case .float8e5m2fnuz: "f8e5m2fnuz"
        case .uint4: "u4"
        case .int4: "i4"
        case .float4e2m1: "f4e2m1"
        case .float8e8m0: "f8e8m0"
        case .uint2: "u2"
        case .int2: "i2"
        case .float6e2m3: "f6e2m3"
        case .float6e3m2: "f6e3m2"
        }
    }

    /// Finds an element type by its `name`.
    public init?(name: String) {
        guard let match = ElementType.allCases.first(where: { $0.name == name }) else { return nil }
        self = match
    }

    /// True for the types whose values are rounded reals.
    public var isFloatingPoint: Bool {
        switch self {
        case .float32, .float16, .float64, .bfloat16, .float8e4m3fn, .float8e4m3fnuz, .float8e5m2, .float8e5m2fnuz,
            .float4e2m1, .float6e2m3, .float6e3m2, .float8e8m0:
            true
        default: false
        }
    }

    /// True for signed and unsigned integers of any width; `bool` is not one.
    public var isInteger: Bool {
        switch self {
        case .uint8, .int8, .uint16, .int16, .int32, .int64, .uint32, .uint64, .uint4, .int4, .uint2, .int2: true
        default: false
        }
    }

    /// Bytes that `count` elements take, sub-byte types packed as the ONNX standard packs them; `nil` on overflow.
    public func byteCount(of count: Int) -> Int? {
        let (bits, overflow) = count.multipliedReportingOverflow(by: bitWidth)
        guard !overflow, count >= 0, bits <= Int.max - 7 else { return nil }
        return (bits + 7) / 8
    }
}
