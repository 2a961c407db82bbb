import Tensors

/// Conversion between the element types that Swift has numbers for.
enum TensorConversion {
    static let names = ["f32", "f64", "u8", "i8", "u16", "i16", "u32", "i32", "i64", "bool"]

    static func convert(_ source: Tensor, to element: ElementType, subject: String) throws(AssetError) -> Tensor {
        if source.elementType == element { return source }
        let reals = try doubles(source, subject: subject)
        let shape = source.shape
        return try tensor(subject) { () throws(TensorError) in
            switch element {
            case .float32: try Tensor(reals.map { Float($0) }, shape: shape)
            case .float64: try Tensor(reals, shape: shape)
            case .uint8: try Tensor(reals.map { saturating($0) as UInt8 }, shape: shape)
            case .int8: try Tensor(reals.map { saturating($0) as Int8 }, shape: shape)
            case .uint16: try Tensor(reals.map { saturating($0) as UInt16 }, shape: shape)
            case .int16: try Tensor(reals.map { saturating($0) as Int16 }, shape: shape)
            case .uint32: try Tensor(reals.map { saturating($0) as UInt32 }, shape: shape)
            case .int32: try Tensor(reals.map { saturating($0) as Int32 }, shape: shape)
            case .int64: try Tensor(reals.map { saturating($0) as Int64 }, shape: shape)
            case .bool: try Tensor(reals.map { $0 != 0 }, shape: shape)
            default:
                throw TensorError(
                    .typeMismatch, subject: "tensor \(source.elementType.name)[\(shape)]",
                    reason: "it is not converted to \(element.name)")
            }
        }
    }

    /// The elements as reals; 64-bit integers beyond 2^53 lose their last bits.
    static func doubles(_ source: Tensor, subject: String) throws(AssetError) -> [Double] {
        try tensor(subject) { () throws(TensorError) in
            switch source.elementType {
            case .float32: try source.values(of: Float.self).map { Double($0) }
            case .float64: try source.values(of: Double.self)
            case .uint8: try source.values(of: UInt8.self).map { Double($0) }
            case .int8: try source.values(of: Int8.self).map { Double($0) }
            case .uint16: try source.values(of: UInt16.self).map { Double($0) }
            case .int16: try source.values(of: Int16.self).map { Double($0) }
            case .uint32: try source.values(of: UInt32.self).map { Double($0) }
            case .int32: try source.values(of: Int32.self).map { Double($0) }
            case .int64: try source.values(of: Int64.self).map { Double($0) }
            case .bool: try source.values(of: Bool.self).map { $0 ? 1 : 0 }
            default:
                throw TensorError(
                    .typeMismatch, subject: "tensor \(source.elementType.name)[\(source.shape)]",
                    reason: "its elements are not numbers that are converted")
            }
        }
    }

    private static func saturating<Target: FixedWidthInteger>(_ value: Double) -> Target {
        guard !value.isNaN else { return 0 }
        let rounded = value.rounded(.toNearestOrEven)
        if let exact = Target(exactly: rounded) { return exact }
        return rounded < 0 ? Target.min : Target.max
    }
}
