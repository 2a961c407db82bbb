/// How far two tensors may differ and still agree; a type of its own, so that no call site does arithmetic on bounds.
public struct Tolerance: Sendable, Hashable, Codable {
    /// The largest allowed max|a−b| / max|b|, the project's agreement measure; `nil` where it does not count.
    public var agreement: Double?
    /// The part of the bound of one element that does not depend on it.
    public var absolute: Double
    /// The part of the bound of one element that grows with |b|.
    public var relative: Double
    /// The share of elements, 0 to 1, that may lie beyond absolute + relative · |b|.
    public var allowedOutliers: Double
    /// Whether NaN agrees with NaN at the same place.
    public var nanEqualsNaN: Bool

    /// Sets all bounds.
    public init(
        agreement: Double?, absolute: Double, relative: Double, allowedOutliers: Double = 0, nanEqualsNaN: Bool = false
    ) {
        self.agreement = agreement
        self.absolute = absolute
        self.relative = relative
        self.allowedOutliers = allowedOutliers
        self.nanEqualsNaN = nanEqualsNaN
    }

    /// Every element equal.
    public static let exact = Tolerance(agreement: 0, absolute: 0, relative: 0)

    /// max|a−b| / max|b| at most `bound`, whatever single elements do.
    public static func agreement(_ bound: Double, nanEqualsNaN: Bool = false) -> Tolerance {
        Tolerance(
            agreement: bound, absolute: .infinity, relative: 0, allowedOutliers: 0, nanEqualsNaN: nanEqualsNaN)
    }

    /// |a−b| ≤ absolute + relative · |b| for all elements but an allowed share.
    public static func elementwise(
        absolute: Double, relative: Double, allowedOutliers: Double = 0, nanEqualsNaN: Bool = false
    ) -> Tolerance {
        Tolerance(
            agreement: nil, absolute: absolute, relative: relative, allowedOutliers: allowedOutliers,
            nanEqualsNaN: nanEqualsNaN)
    }

    /// The tolerance of ONNX's own node tests: rtol 1e-3, atol 1e-7, NaN equal to NaN.
    public static let onnxConformance = elementwise(absolute: 1e-7, relative: 1e-3, nanEqualsNaN: true)
}
