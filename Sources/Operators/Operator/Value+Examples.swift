import Tensors

/// How examples write their values: a count that does not fit its shape is a mistake in the catalogue itself.
extension Value {
    /// Floats of a shape; a vector unless told.
    static func floats(_ values: [Float], _ shape: Shape? = nil) -> Value { tensor(values, shape) }

    /// 64-bit integers of a shape; a vector unless told.
    static func ints(_ values: [Int64], _ shape: Shape? = nil) -> Value { tensor(values, shape) }

    /// Truth values of a shape; a vector unless told.
    static func bools(_ values: [Bool], _ shape: Shape? = nil) -> Value { tensor(values, shape) }

    /// Numbers of a shape; a vector unless told.
    static func tensor<T: TensorScalar>(_ values: [T], _ shape: Shape? = nil) -> Value {
        let vector = Tensor(values)
        guard let shape else { return .tensor(vector) }
        guard let shaped = try? vector.reshaped(to: shape) else {
            preconditionFailure("an example gives \(values.count) values for shape \(shape)")
        }
        return .tensor(shaped)
    }

    /// Strings of a shape; a vector unless told.
    static func strings(_ values: [String], _ shape: Shape? = nil) -> Value {
        guard let tensor = try? Tensor(strings: values, shape: shape ?? [values.count]) else {
            preconditionFailure("an example gives \(values.count) strings for shape \(shape ?? [])")
        }
        return .tensor(tensor)
    }

    /// Values without a pattern, the same everywhere: a linear congruential sequence in −1 ..< 1, scaled and shifted.
    static func noise(_ shape: Shape, seed: UInt64 = 1, scale: Float = 1, shift: Float = 0) -> Value {
        var state = seed &* 0x9E37_79B9_7F4A_7C15
        let values = (0..<shape.elementCount).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return (Float(state >> 40) / Float(1 << 23) - 1) * scale + shift
        }
        return tensor(values, shape)
    }
}
