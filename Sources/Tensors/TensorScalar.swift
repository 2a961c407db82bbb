/// A Swift type whose values are the elements of a tensor, bit for bit.
public protocol TensorScalar: BitwiseCopyable, Sendable, Hashable {
    /// The element type that holds values of this type.
    static var elementType: ElementType { get }
}

extension Float: TensorScalar {
    /// `f32`.
    public static var elementType: ElementType { .float32 }
}
extension Double: TensorScalar {
    /// `f64`.
    public static var elementType: ElementType { .float64 }
}
extension UInt8: TensorScalar {
    /// `u8`.
    public static var elementType: ElementType { .uint8 }
}
extension Int8: TensorScalar {
    /// `i8`.
    public static var elementType: ElementType { .int8 }
}
extension UInt16: TensorScalar {
    /// `u16`.
    public static var elementType: ElementType { .uint16 }
}
extension Int16: TensorScalar {
    /// `i16`.
    public static var elementType: ElementType { .int16 }
}
extension UInt32: TensorScalar {
    /// `u32`.
    public static var elementType: ElementType { .uint32 }
}
extension Int32: TensorScalar {
    /// `i32`.
    public static var elementType: ElementType { .int32 }
}
extension UInt64: TensorScalar {
    /// `u64`.
    public static var elementType: ElementType { .uint64 }
}
extension Int64: TensorScalar {
    /// `i64`.
    public static var elementType: ElementType { .int64 }
}
extension Bool: TensorScalar {
    /// `bool`, one byte an element.
    public static var elementType: ElementType { .bool }
}
