/// How a value is rounded to a power of two when it becomes `f8e8m0` (ONNX Cast, attribute `round_mode`).
public enum ScaleRounding: String, Sendable, Hashable, Codable {
    /// To the next larger power of two.
    case up
    /// To the next smaller power of two.
    case down
    /// To the nearest power of two, ties up.
    case nearest

    /// The code of a magnitude; what lies outside the range becomes the nearest end, or NaN unless `saturating`.
    func encode(_ value: Double, saturating: Bool) -> UInt8 {
        let magnitude = value.magnitude
        guard !value.isNaN else { return 255 }
        guard magnitude.isFinite else { return saturating ? 254 : 255 }
        guard magnitude > 0 else { return saturating ? 0 : 255 }
        var exponent = Int(magnitude.exponent)
        switch self {
        case .up: if magnitude.significand > 1 { exponent += 1 }
        case .down: break
        case .nearest: if magnitude.significand >= 1.5 { exponent += 1 }
        }
        if exponent > 127 { return saturating ? 254 : 255 }
        if exponent < -127 { return saturating ? 0 : 255 }
        return UInt8(exponent + 127)
    }
}
