import Tensors

/// Conversion between element types as `Cast` does it: floats to integers toward zero, narrower floats to the nearest
/// with ties to even.
enum Conversion {
    /// The same values in another element type.
    ///
    /// - Throws: `OperatorError` of code `unsupported` for types without arithmetic here.
    static func convert(_ tensor: Tensor, to type: ElementType, _ path: String) throws(OperatorError) -> Tensor {
        if tensor.elementType == type { return tensor }
        switch (tensor.elementType, type) {
        case (.float16, .float32):
            return try map(tensor, .uint16, path) { (x: UInt16) -> Float in Float(Float16(bitPattern: x)) }
        case (.bfloat16, .float32):
            return try map(tensor, .uint16, path) { (x: UInt16) -> Float in Float(bitPattern: UInt32(x) << 16) }
        case (.float32, .float16):
            return try narrow(try map(tensor, .float32, path) { (x: Float) in Float16(x).bitPattern }, type, path)
        case (.float32, .bfloat16):
            return try narrow(try map(tensor, .float32, path) { (x: Float) in bfloat16(x) }, type, path)
        case (.float64, .float16):
            return try narrow(try map(tensor, .float64, path) { (x: Double) in Float16(x).bitPattern }, type, path)
        case (.float64, .bfloat16):
            return try narrow(try map(tensor, .float64, path) { (x: Double) in bfloat16(x) }, type, path)
        case (.float16, _), (.bfloat16, _): return try convert(try convert(tensor, to: .float32, path), to: type, path)
        case (.bool, _):
            return try convert(try map(tensor, .bool, path) { (x: Bool) in x ? UInt8(1) : 0 }, to: type, path)
        case (_, .float16), (_, .bfloat16): return try convert(try convert(tensor, to: .float64, path), to: type, path)
        case (_, .bool): return try tensor.elementType.dispatch(Truth(tensor: tensor, path: path), path: path)
        default: return try tensor.elementType.dispatch(From(tensor: tensor, target: type, path: path), path: path)
        }
    }

    /// The upper half of a float, rounded to the nearest with ties to even.
    static func bfloat16(_ value: Float) -> UInt16 {
        if value.isNaN { return 0x7FC0 }
        let bits = value.bitPattern
        return UInt16(truncatingIfNeeded: (bits &+ 0x7FFF &+ (bits >> 16 & 1)) >> 16)
    }

    /// As above, rounding once: a tie that only the first rounding made is undone.
    static func bfloat16(_ value: Double) -> UInt16 {
        let near = Float(value)
        guard near.bitPattern & 0xFFFF == 0x8000, Double(near) != value else { return bfloat16(near) }
        return bfloat16(Double(near) < value ? near.nextUp : near.nextDown)
    }

    private static func map<S: TensorScalar, R: TensorScalar & AdditiveArithmetic>(
        _ tensor: Tensor, _ storage: ElementType, _ path: String, _ function: (S) -> R
    ) throws(OperatorError) -> Tensor {
        let values: [S] = try Tensor.reinterpreting(tensor.bytes, as: storage, tensor.shape, path).elements(path)
        return try Tensor.make(ElementwiseLoops.map(values, function), tensor.shape, path)
    }

    private static func narrow(_ bits: Tensor, _ type: ElementType, _ path: String) throws(OperatorError) -> Tensor {
        try Tensor.reinterpreting(bits.bytes, as: type, bits.shape, path)
    }

    private struct Truth: NumberKernel {
        let tensor: Tensor
        let path: String
        func run<T: Number>(_ type: T.Type) throws(OperatorError) -> Tensor {
            let values: [T] = try tensor.elements(path)
            return try Tensor.make(ElementwiseLoops.map(values, filling: false) { $0 != .zero }, tensor.shape, path)
        }
    }

    private struct From: NumberKernel {
        let tensor: Tensor
        let target: ElementType
        let path: String
        func run<T: Number>(_ type: T.Type) throws(OperatorError) -> Tensor {
            try target.dispatch(Into<T>(values: tensor.elements(path), shape: tensor.shape, path: path), path: path)
        }
    }

    private struct Into<S: Number>: NumberKernel {
        let values: [S]
        let shape: Shape
        let path: String
        func run<T: Number>(_ type: T.Type) throws(OperatorError) -> Tensor {
            try Tensor.make(ElementwiseLoops.map(values) { T(converting: $0) }, shape, path)
        }
    }
}
