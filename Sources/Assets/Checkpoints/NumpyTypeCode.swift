import Tensors

/// The element types that numpy and Assay share, by numpy's codes without byte order: `f4`, `i8`, `b1`.
enum NumpyTypeCode {
    private static let types: [String: ElementType] = [
        "f2": .float16, "f4": .float32, "f8": .float64, "i1": .int8, "i2": .int16, "i4": .int32, "i8": .int64,
        "u1": .uint8, "u2": .uint16, "u4": .uint32, "u8": .uint64, "b1": .bool, "c8": .complex64, "c16": .complex128,
    ]

    /// The element type of a code; `nil` for strings, objects, dates and records.
    static func elementType(_ code: String) -> ElementType? { types[code] }

    /// The code of an element type, with its byte order; `nil` where numpy has no such type.
    static func code(_ type: ElementType) -> String? {
        guard let code = types.first(where: { $0.value == type })?.key else { return nil }
        return (type.bitWidth == 8 ? "|" : "<") + code
    }
}
